import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeLinesAtomically } from './write-lines-atomically.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-lines-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes any number of lines, of any size', async () => {
  const file = join(folder, 'out.jsonl');
  const lines = Array.from({ length: 5_000 }, (_, index) => `${index} ${'x'.repeat(index % 300)}`);
  await writeLinesAtomically(file, lines);
  expect(readFileSync(file, 'utf8')).toBe(lines.map((line) => `${line}\n`).join(''));
});

it('leaves the old file and nothing else when the lines end in an error', async () => {
  const file = join(folder, 'out.jsonl');
  writeFileSync(file, 'old\n');
  const lines = function* () {
    yield 'new';
    throw new Error('no more');
  };
  await expect(writeLinesAtomically(file, lines())).rejects.toThrow('no more');
  expect(readFileSync(file, 'utf8')).toBe('old\n');
  expect(readdirSync(folder)).toEqual(['out.jsonl']);
});

it('tells of a folder that is not there', async () => {
  await expect(writeLinesAtomically(join(folder, 'no', 'out'), ['a'])).rejects.toThrow('ENOENT');
});
