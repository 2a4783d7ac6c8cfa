import { describe, expect, it } from 'vitest';
import { resourceFiles } from './resource-files.ts';

const limits = { fileBytes: 10, scratchBytes: 30 };
const files = (resources: Record<string, string> | null) => resourceFiles({ id: 't', resources }, limits);

describe('resourceFiles', () => {
  it('gives paths and contents', () => {
    expect(files(null)).toEqual([]);
    expect(files({ 'a/b.txt': 'x', '.hidden': '' })).toEqual([
      ['a/b.txt', 'x'],
      ['.hidden', ''],
    ]);
  });

  it.each(['', '/etc/passwd', '../up', 'a/../../up', 'a//b', 'a/', './a', 'a\\b', 'a\0b', 'n'.repeat(256)])(
    'refuses the path %j',
    (path) => {
      expect(() => files({ ok: '', [path]: '' })).toThrow(/^task t: resources: expected paths inside/);
    },
  );

  it('refuses what does not fit: one file, or all together', () => {
    expect(() => files({ a: 'é'.repeat(6) })).toThrow('task t: a does not fit');
    expect(() => files({ a: 'x'.repeat(10), b: 'x'.repeat(6) })).toThrow('task t: b does not fit');
    expect(files({ a: 'x'.repeat(10), b: 'x'.repeat(5) })).toHaveLength(2);
  });
});
