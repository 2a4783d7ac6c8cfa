import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readCsvRecords } from './read-csv-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'table.csv');

async function read(content: string | Buffer, delimiter = ',') {
  writeFileSync(path, content);
  return Array.fromAsync(readCsvRecords(path, delimiter));
}

describe('readCsvRecords', () => {
  it('reads quoted cells, a byte order mark, blank lines and gzip, and says where rows begin', async () => {
    const text = '\uFEFFid, label\r\na,1\r\n\r\n"b, ""c""\nd",0\r\ne,\r\n';
    const rows = [
      { value: { id: 'a', label: '1' }, line: 2 },
      { value: { id: 'b, "c"\nd', label: '0' }, line: 4 },
      { value: { id: 'e', label: '' }, line: 6 },
    ];
    expect(await read(text)).toEqual(rows);
    expect(await read(gzipSync(text))).toEqual(rows);
    expect(await read('a\tb\n1,2\t3\n', '\t')).toEqual([{ value: { a: '1,2', b: '3' }, line: 2 }]);
    expect(await read('')).toEqual([]);
  });

  it('gives back whatever was written', async () => {
    const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), async (rows) => {
        const text = rows.map((row) => `${row.map(quote).join(',')}\n`).join('');
        const found = await read(`a,b\n${text}`);
        expect(found.map(({ value }) => [value.a, value.b])).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a,b\n1,2\n3\n', /table.csv:3: expected 2 cells as in the header, received 1/],
    ['a,b\n1,2,3\n', /table.csv:2: expected 2 cells as in the header, received 3/],
    ['a,b\n1,"2\n', /table.csv:\d: not CSV/],
    ['a,b\n1,2\n3,4"5\n', /table.csv:3: not CSV/],
    ['{"a": 1}\n', /table.csv:1: not CSV/],
    ['a,a\n1,2\n', /table.csv:1: two columns named "a"/],
    ['a,\n1,2\n', /table.csv:1: a column without a name/],
    [Buffer.from([0x61, 0x0a, 0xff, 0x0a]), /table.csv: expected UTF-8 text/],
  ])('refuses %j', async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });

  it('says when there is no file', async () => {
    await expect(Array.fromAsync(readCsvRecords(join(folder, 'none.csv'), ','))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
