import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCandidateFiles, readCandidateLines } from './read-candidates.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-candidates-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, data: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, data);
  return path;
};

describe('readCandidateFiles', () => {
  it('reads one candidate a file, as it stands', async () => {
    const path = file('a.py', 'def f():\r\n    pass\r\n');
    expect(await readCandidateFiles([path])).toEqual([{ source: path, code: 'def f():\r\n    pass\r\n' }]);
  });

  it.each([
    ['a missing file', () => join(folder, 'none.py'), 'not-found', /none\.py/],
    ['a folder', () => folder, 'usage', /is a folder/],
    ['an empty file', () => file('b.py', '\n'), 'usage', /b\.py is empty/],
    ['other encodings', () => file('c.py', Buffer.from([0x64, 0xe4, 0x6d])), 'usage', /c\.py is not UTF-8/],
    ['binary', () => file('d.py', 'a\0b'), 'usage', /binary/],
  ])('refuses %s', async (_name, path, code, message) => {
    await expect(readCandidateFiles([path()])).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe('readCandidateLines', () => {
  it('reads the code of each line, skips blank ones and names lines from 1', async () => {
    const path = file('a.jsonl', '{"code":"a","id":3}\n\r\n{"code":"b\\nc"}');
    expect(await readCandidateLines(path)).toEqual([
      { source: `${path}:1`, code: 'a' },
      { source: `${path}:3`, code: 'b\nc' },
    ]);
  });

  it.each([
    ['no candidate', '\n\n', /holds no candidate/],
    ['another type', '{"code":"a"}\n{"code":7}\n', /:2: expected an object with the text field "code"/],
    ['broken JSON', '{"code":"a"', /:1: not JSON/],
    ['empty code', '{"code":" "}', /:1 is empty/],
  ])('refuses %s', async (_name, text, message) => {
    await expect(readCandidateLines(file('x.jsonl', text))).rejects.toThrow(message);
  });
});
