import { expect, it } from 'vitest';
import { formatBytes } from './format-bytes.ts';

it.each([
  [0, '0 B'],
  [512, '512 B'],
  [1000, '1.00 kB'],
  [98_362_432, '98.4 MB'],
  [999_999, '1.00 MB'],
  [19_851_335_872, '19.9 GB'],
  [2_104_932_800, '2.10 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
