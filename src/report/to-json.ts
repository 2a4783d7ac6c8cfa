import type { ReportTable } from './report-table.ts';

/**
 * Tables as one JSON document: of each its id, title, caption, columns, and rows as objects by key. Numbers are not rounded, shares
 * are in [0, 1], an estimate is `{value, low, high}`, unknown is null.
 */
export function toJson(tables: readonly ReportTable[]): string {
  const document = {
    format: 1,
    tables: tables.map(({ id, title, caption, columns, rows }) => ({
      ...{ id, title, caption, columns },
      rows: rows.map((row) => Object.fromEntries(columns.map(({ key }, place) => [key, row[place] ?? null]))),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
