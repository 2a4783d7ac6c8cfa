/** The document `codejury study report --json` prints: what was written. */
export interface ReportFiles {
  readonly format: 1;
  readonly name: string;
  /** The report's folder. */
  readonly folder: string;
  /** Names in it, those of tables in their folder. */
  readonly files: readonly string[];
  readonly notices: readonly string[];
}
