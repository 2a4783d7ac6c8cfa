import { isEstimate } from './is-estimate.ts';
import type { ReportCell, ReportTable } from './report-table.ts';

/** What spreadsheets take for the beginning of a formula; of some, full-width characters, too. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * A table as CSV (RFC 4180: commas, CRLF, quotes where needed), its keys in the first line. Numbers are not rounded, shares are in
 * [0, 1], unknown is empty. A column with estimates is three: `KEY`, `KEY_low`, `KEY_high`, the ends of the 95 % interval. A text that
 * a spreadsheet would take for a formula gets an apostrophe before it.
 */
export function toCsv({ columns, rows }: ReportTable): string {
  const isEstimated = columns.map((_, place) => rows.some((row) => isEstimate(row[place] ?? null)));
  const head = columns.flatMap(({ key }, place) =>
    isEstimated[place] ? [key, `${key}_low`, `${key}_high`] : [key],
  );
  const body = rows.map((row) =>
    columns.flatMap((_, place) => fields(row[place] ?? null, isEstimated[place] === true)),
  );
  return [head, ...body].map((line) => `${line.join(',')}\r\n`).join('');
}

function fields(cell: ReportCell, isEstimated: boolean): string[] {
  if (isEstimate(cell)) return [cell.value, cell.low, cell.high].map(field);
  return isEstimated ? [field(cell), '', ''] : [field(cell)];
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  return quoted(FORMULA.test(value) ? `'${value}` : value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
