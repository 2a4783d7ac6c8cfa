import { expect, it } from 'vitest';
import { toJson } from './to-json.ts';

it('writes rows by key, as they are', () => {
  const table = {
    id: 'an-example',
    title: 'An example',
    caption: 'made up',
    columns: [
      { key: 'name', title: 'judge', kind: 'text' },
      { key: 'kappa', title: 'kappa', kind: 'number' },
    ],
    rows: [
      ['=a "b"', { value: 0.1 + 0.2, low: null, high: 0.5 }],
      ['c', null],
    ],
  } as const;
  const { rows: _rows, ...facts } = table;
  expect(JSON.parse(toJson([table, table])).tables[1]).toEqual({
    ...facts,
    rows: [
      { name: '=a "b"', kappa: { value: 0.30000000000000004, low: null, high: 0.5 } },
      { name: 'c', kappa: null },
    ],
  });
});

it('without tables is a document, too', () => {
  expect(JSON.parse(toJson([]))).toEqual({ format: 1, tables: [] });
});
