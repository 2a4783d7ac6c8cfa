import { describe, expect, it } from 'vitest';
import { splitCommand } from './split-command.ts';

describe('splitCommand', () => {
  it.each([
    ['python3 -I acme.py {{file}}', ['python3', '-I', 'acme.py', '{{file}}']],
    ['  acme\t{{file}} ', ['acme', '{{file}}']],
    ['acme "two words" \'a "b"\' x"y z"', ['acme', 'two words', 'a "b"', 'xy z']],
    ["acme ''", ['acme', '']],
    ['acme C:\\x', ['acme', 'C:\\x']],
    ['', []],
    [' ', []],
  ])('%s', (text, words) => {
    expect(splitCommand(text)).toEqual(words);
  });

  it('refuses an open quote', () => {
    expect(splitCommand('acme "x')).toBeNull();
  });
});
