import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportTable } from './report-table.ts';
import { toCsv } from './to-csv.ts';

const table = (rows: ReportTable['rows']): ReportTable => ({
  id: 'an-example',
  title: 'An example',
  caption: 'made up',
  columns: [
    { key: 'name', title: 'name', kind: 'text' },
    { key: 'kappa', title: 'kappa', kind: 'number' },
    { key: 'tasks', title: 'tasks', kind: 'count' },
  ],
  rows,
});

describe('toCsv', () => {
  it('writes estimates as three columns, in full precision', () => {
    const csv = toCsv(
      table([
        ['a', { value: 0.1 + 0.2, low: -1e-7, high: null }, 12],
        ['b', 0.5, null],
        ['c', null, 1_450],
      ]),
    );
    expect(csv).toBe(
      'name,kappa,kappa_low,kappa_high,tasks\r\na,0.30000000000000004,-1e-7,,12\r\nb,0.5,,,\r\nc,,,,1450\r\n',
    );
  });

  it('one column where nothing is an estimate', () => {
    expect(toCsv(table([['a', 0.5, 1]]))).toBe('name,kappa,tasks\r\na,0.5,1\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['＝1', "'＝1"],
    ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
    ['a=b', 'a=b'],
    ['a, "b"\nc', '"a, ""b""\nc"'],
    ["it's", "it's"],
  ])('the text %j is written %j', (text, written) => {
    expect(toCsv(table([[text, null, null]]))).toBe(`name,kappa,tasks\r\n${written},,\r\n`);
  });

  it('a negative number is no formula', () => {
    expect(toCsv(table([['a', -0.5, -1]]))).toContain('a,-0.5,-1');
  });

  it('is read back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.double({ noNaN: true }), fc.nat())),
        (rows) => {
          const read: string[][] = parse(toCsv(table(rows)), { record_delimiter: '\r\n' });
          expect(read.slice(1).map(([name, kappa]) => [name?.replace(/^'/, ''), Number(kappa)])).toEqual(
            rows.map(([name, kappa]) => [name.replace(/^'/, ''), kappa === 0 ? 0 : kappa]),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
