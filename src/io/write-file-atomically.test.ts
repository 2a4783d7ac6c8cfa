import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileAtomically } from './write-file-atomically.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'codejury-io-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('makes folders, replaces what was there and leaves nothing beside it', async () => {
  const file = path.join(folder, 'a', 'b.json');
  await writeFileAtomically(file, 'old');
  await writeFileAtomically(file, 'new');
  expect(await readFile(file, 'utf8')).toBe('new');
  expect(await readdir(path.dirname(file))).toEqual(['b.json']);
});

it('removes the temporary file when the rename fails', async () => {
  const file = path.join(folder, 'occupied');
  await mkdir(path.join(file, 'child'), { recursive: true });
  await expect(writeFileAtomically(file, 'x')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['occupied']);
});
