import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collect } from '../../test/support/collect.ts';
import { tinyParquet } from '../../test/support/tiny-parquet.ts';
import { readJsonRecords } from './read-json-records.ts';
import { readRecords } from './read-records.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-parquet-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ROWS = [
  { task_id: 'HumanEval/0', prompt: 'def f():\n' },
  { task_id: 'HumanEval/1', prompt: 'grün' },
];

async function read(name: string, content: string | Buffer) {
  const path = join(folder, name);
  await writeFile(path, content);
  return collect(readRecords(path));
}

test('reads Parquet and JSON, whatever the file is called', async () => {
  const expected = ROWS.map((value, index) => ({ value, text: JSON.stringify(value), line: index + 1 }));
  expect(await read('rows.jsonl', tinyParquet(ROWS))).toEqual(expected);
  expect(await read('rows.parquet', ROWS.map((row) => JSON.stringify(row)).join('\n'))).toEqual(expected);
  expect(await read('empty', '')).toEqual([]);
});

test.each([
  ['gzip', 2, gzipSync],
  ['Brotli', 4, brotliCompressSync],
  ['Zstandard', 6, zstdCompressSync],
])('reads Parquet packed by %s', async (name, codec, pack) => {
  const found = await read(`${name}.parquet`, tinyParquet(ROWS, { codec, pack }));
  expect(found.map(({ value }) => value)).toEqual(ROWS);
});

test('says how Parquet may be packed', async () => {
  const packed = tinyParquet(ROWS, { codec: 7, pack: (page) => page });
  await expect(read('lz4.parquet', packed)).rejects.toMatchObject({
    hint: 'write it unpacked, or packed by Snappy, gzip, Zstandard or Brotli',
  });
});

test('keeps infinite numbers of Parquet apart from none where that is wanted', async () => {
  const path = join(folder, 'numbers.parquet');
  await writeFile(path, tinyParquet([1.5, Infinity, -Infinity, Number.NaN].map((score) => ({ score }))));
  const values = async (keepInfinity: boolean) =>
    (await collect(readRecords(path, keepInfinity))).map(({ value }) => value.score);
  expect(await values(false)).toEqual([1.5, null, null, null]);
  expect(await values(true)).toEqual([1.5, 'Infinity', '-Infinity', null]);
});

test('refuses a pipe, whose beginning is gone once it was looked at', async () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  for (const read of [readRecords, readJsonRecords])
    await expect(collect(read(path))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/pipe: expected a file, received a pipe/),
    });
});

test('says that Parquet is damaged', async () => {
  await expect(read('cut.parquet', tinyParquet(ROWS).subarray(0, 90))).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/cut\.parquet: cannot be read as Parquet: /),
  });
});
