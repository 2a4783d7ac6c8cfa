import type { ColumnKind, ReportCell, ReportTable } from '../report-table.ts';

/** A column, and how its cell is made of what a row is about. */
export type Field<Row> = readonly [
  key: string,
  title: string,
  kind: ColumnKind,
  cell: (row: Row) => ReportCell,
];

/** A table of fields, a row for each item. */
export function buildTable<Row>(
  facts: Pick<ReportTable, 'id' | 'title' | 'caption'>,
  fields: readonly Field<Row>[],
  rows: readonly Row[],
): ReportTable {
  return {
    ...facts,
    columns: fields.map(([key, title, kind]) => ({ key, title, kind })),
    rows: rows.map((row) => fields.map(([, , , cell]) => cell(row))),
  };
}
