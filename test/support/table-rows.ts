import type { ReportCell, ReportTable } from '../../src/report/report-table.ts';

/** The rows of a table as objects by key. */
export function tableRows({ columns, rows }: ReportTable): readonly Readonly<Record<string, ReportCell>>[] {
  return rows.map((row) => Object.fromEntries(columns.map(({ key }, place) => [key, row[place] ?? null])));
}
