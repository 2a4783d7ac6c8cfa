import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../test/support/collect.ts';
import { readJsonRecords } from './read-json-records.ts';
import { LONGEST_LINE_BYTES, readLines } from './read-lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-records-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function recordsIn(name: string, content: string | Uint8Array) {
  const records = await collect(readJsonRecords(await fileWith(name, content)));
  return records.map(({ value, line }) => [value, line]);
}

const TWO = [{ a: 1 }, { b: '}\n"{' }];

describe('layouts', () => {
  it.each([
    ['one a line', '{"a":1}\n{"b":"}\\n\\"{"}\n', [1, 2]],
    ['blank lines, a mark, carriage returns', '\ufeff{"a":1}\r\n\r\n{"b":"}\\n\\"{"}', [1, 3]],
    ['an array', `[\n ${JSON.stringify(TWO[0])},\n${JSON.stringify(TWO[1])}]`, [2, 3]],
    [
      'an object with RECORDS',
      `{ "RECORDS": [${TWO.map((one) => JSON.stringify(one)).join(',\n')}] }`,
      [1, 2],
    ],
    ['objects over several lines', TWO.map((one) => JSON.stringify(one, null, 2)).join('\n'), [1, 4]],
  ])('%s', async (name, text, lines) => {
    const expected = TWO.map((value, index) => [value, lines[index]]);
    expect(await recordsIn(`${name}.json`, text)).toEqual(expected);
    // Told by its first bytes, not by its name.
    expect(await recordsIn(`${name} packed`, gzipSync(text))).toEqual(expected);
  });

  it('are read the same whatever the values are', async () => {
    const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(records, async (values) => {
        const printed = values.map((value) => JSON.stringify(value));
        const parsed = printed.map((text) => JSON.parse(text));
        const read = async (text: string) => (await recordsIn('property.json', text)).map(([value]) => value);
        expect(await read(printed.join('\n'))).toEqual(parsed);
        expect(await read(`[${printed.join(' ,\n')}]`)).toEqual(parsed);
        expect(await read(`{"RECORDS":[${printed.join(',')}]}`)).toEqual(parsed);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps the text, because numbers of Python are not those of JavaScript', async () => {
    const path = await fileWith(
      'numbers.jsonl',
      '{"a": [1.0, NaN, -Infinity, "\\"NaN", 1152921504606846977]}',
    );
    const [record] = await collect(readJsonRecords(path));
    expect(record?.value).toEqual({ a: [1, null, null, '"NaN', 2 ** 60] });
    expect(record?.text).toContain('1152921504606846977]');
    const [kept] = await collect(readJsonRecords(path, true));
    expect(kept?.value).toEqual({ a: [1, null, -Infinity, '"NaN', 2 ** 60] });
  });

  it('finds nothing in an empty file', async () => {
    expect(await recordsIn('empty.jsonl', '')).toEqual([]);
    expect(await recordsIn('blank.jsonl', '\n \n')).toEqual([]);
  });
});

describe('refuses, naming file and line', () => {
  it.each([
    ['text that is not JSON', '{"a":1}\nhello\n', /:2: not JSON: /],
    ['a cut-off last line', '{"a":1}\n{"a":', /:2: not JSON: /],
    ['a line cut off in a long string', `{"a":1}\n{"b":"${'x'.repeat(100_000)}`, /:2: not JSON: /],
    ['a line cut off in an escape', `{"a":1}\n{"b":"${'\\"'.repeat(100_000)}\\`, /:2: not JSON: /],
    ['a value that is no object', '{"a":1}\n7\n', /:2: expected a JSON object, received a number/],
    ['a list in a list', '[{"a":1},\n[2]]', /:2: expected a JSON object, received a list/],
    [
      'a cut-off array',
      '[{"a":1},\n{"a":',
      /:2: the file ends in the middle of a JSON value that begins in line 2/,
    ],
    ['a bracket too many', '[{"a":1}]\n]', /:2: not JSON: a bracket is closed/],
    ['bytes that are not UTF-8', Buffer.from('{"a":"\xff"}', 'latin1'), /:1: expected UTF-8 text/],
    ['gzip cut off', gzipSync('{"a":1}\n'.repeat(9999)).subarray(0, 60), /:\d+: the gzip data is cut off/],
    [
      'gzip damaged',
      Buffer.concat([gzipSync('{"a":1}\n'.repeat(9)), Buffer.from('rubbish')]),
      /:\d+: the gzip data is damaged/,
    ],
  ])('%s', async (name, content, message) => {
    await expect(recordsIn(`bad ${name}`, content)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('a missing file and a folder', async () => {
    const read = (path: string) => collect(readJsonRecords(path));
    await expect(read(join(folder, 'missing'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(read(folder)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/expected a file, received a folder/),
    });
  });

  it('a line without an end, in bounded memory', async () => {
    const path = await fileWith('long.jsonl', '{"a":1}\n');
    await truncate(path, 100_000_000);
    await expect(collect(readJsonRecords(path))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/long\.jsonl:2: expected at most 33\.6 MB in one record, received more/),
    });
    // It would never return if it waited for the end.
    await expect(collect(readLines('/dev/zero'))).rejects.toMatchObject({
      message: expect.stringMatching(/zero:1: expected at most/),
    });
  });

  it('an element of an array without an end', async () => {
    const path = await fileWith('long.json', `[{"a":1},{"b":"${'x'.repeat(LONGEST_LINE_BYTES)}"}]`);
    const all = async () => (await collect(readJsonRecords(path))).length;
    await expect(all()).rejects.toMatchObject({
      message: expect.stringMatching(/long\.json:1: expected at most/),
    });
  });
});

it('an early end closes the file', async () => {
  const path = await fileWith('many.jsonl', gzipSync('{"a":1}\n'.repeat(100_000)));
  for await (const { value } of readJsonRecords(path)) {
    expect(value).toEqual({ a: 1 });
    break;
  }
});
