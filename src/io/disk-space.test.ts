import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { diskFullError, freeBytesOf, isDiskFull, requireFreeBytes } from './disk-space.ts';

it('asks the nearest parent that exists', async () => {
  expect(await freeBytesOf(path.join(tmpdir(), 'not', 'there', 'yet'))).toBeGreaterThan(0);
});

it('names needed and free bytes when there is too little', async () => {
  const failing = requireFreeBytes('/models', 2_000_000_000, async () => 5_000_000);
  await expect(failing).rejects.toMatchObject({
    code: 'disk-full',
    message: 'the disk of /models is too full: 2.00 GB needed, 5.00 MB free',
  });
  await expect(requireFreeBytes('/models', 1000, async () => 1_000_000_000)).resolves.toBeUndefined();
});

it('knows a full disk inside wrapped errors', () => {
  const error = Object.assign(new Error('write'), { code: 'ENOSPC' });
  expect(isDiskFull(new Error('outer', { cause: error }))).toBe(true);
  expect(isDiskFull(new Error('other'))).toBe(false);
  expect(diskFullError('/m', null, null).message).toBe('the disk of /m is too full');
});
