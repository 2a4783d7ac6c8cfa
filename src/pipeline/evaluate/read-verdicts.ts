import { CodejuryError } from '../../errors.ts';
import { readCsvRecords } from '../../io/read-csv-records.ts';
import { readRecords } from '../../io/read-records.ts';
import { identityDifference } from '../judge-identity.ts';
import { createRecordReader } from './record-reader.ts';
import { USUAL_COLUMNS, type VerdictColumns } from './verdict-columns.ts';
import type { VerdictLine } from './verdict-line.ts';

export interface ReadVerdictsOptions {
  /** Which columns say what. */
  readonly columns?: VerdictColumns;
  /** See RecordReaderOptions; 0.5 unless it is given. */
  readonly threshold?: number;
}

/**
 * The verdicts in files, one file after the other: JSON lines or Parquet (what `readRecords` reads), or CSV with a header
 * where the name ends in `.csv` or `.tsv`; gzip or not.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file, line and column: what is no verdict, and what checkVerdict says; a
 * column of the mapping that no line has; naming both lines for two judges of one name.
 */
export async function* readVerdicts(
  paths: readonly string[],
  { columns = USUAL_COLUMNS, threshold = 0.5 }: ReadVerdictsOptions = {},
): AsyncGenerator<VerdictLine> {
  const judges = new Map<string, Pick<VerdictLine, 'identity' | 'place'>>();
  const reader = createRecordReader({ columns, threshold });
  for (const path of paths) {
    for await (const { value, line } of recordsOf(path)) {
      for (const verdict of reader.read(value, { path, line, place: `${path}:${line}` })) {
        checkIdentity(verdict, judges);
        yield verdict;
      }
    }
  }
  const [unseen] = reader.unseen();
  if (unseen !== undefined) {
    throw new CodejuryError('usage', `${paths.join(', ')}: no column "${unseen}", which --map names`, {
      hint: 'columns are named as in the header or the JSON object; dots lead into objects',
    });
  }
}

function recordsOf(path: string): AsyncIterable<{ value: Readonly<Record<string, unknown>>; line: number }> {
  const [, kind] = /\.(csv|tsv)(?:\.gz)?$/i.exec(path) ?? [];
  if (kind === undefined) return readRecords(path, true);
  return readCsvRecords(path, kind.toLowerCase() === 'csv' ? ',' : '\t');
}

/** Names are what verdicts are collected by: two judges of one name would be measured as one. */
function checkIdentity(
  { judge, identity, place }: VerdictLine,
  judges: Map<string, Pick<VerdictLine, 'identity' | 'place'>>,
): void {
  if (identity === null) return;
  const first = judges.get(judge);
  const difference = identityDifference(first?.identity ?? null, identity);
  if (first !== undefined && difference !== null) {
    throw new CodejuryError(
      'usage',
      `${place}: its judge "${judge}" has ${difference} than that of ${first.place}`,
      {
        hint: 'give each judge a name of its own ("name" in its profile or team), or measure one at a time',
      },
    );
  }
  if (first === undefined) judges.set(judge, { identity, place });
}
