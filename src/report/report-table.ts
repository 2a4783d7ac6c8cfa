import type { Estimate } from '../contracts/judge-evaluation.ts';

/** How the cells of a column are meant, and so how they are shown and sorted. */
export type ColumnKind =
  | 'text'
  /** Whole number. */
  | 'count'
  /** In [0, 1], shown as percent. */
  | 'share'
  /** Any number; three decimals. */
  | 'number'
  | 'p-value'
  /** Dollars. */
  | 'dollars'
  | 'seconds';

export interface ReportColumn {
  /** Of the CSV and JSON forms: letters, digits and underscores. */
  readonly key: string;
  readonly title: string;
  readonly kind: ColumnKind;
}

/** Null = unknown or not defined, shown as a dash. An estimate shows its 95 % interval. */
export type ReportCell = string | number | null | Estimate;

/** A table of the report, the same in HTML, Markdown, CSV, JSON and LaTeX. */
export interface ReportTable {
  /** Also the name of its files: letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** What it shows and how its numbers were made: counts, repetitions, seed, test. */
  readonly caption: string;
  readonly columns: readonly ReportColumn[];
  /** One cell a column. */
  readonly rows: readonly (readonly ReportCell[])[];
}
