import { CodejuryError } from '../../errors.ts';
import { readCsvRecords } from '../../io/read-csv-records.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { identityDifference } from '../judge-identity.ts';
import { candidateKey } from './read-truth.ts';
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
 * The verdicts in files, one file after the other: JSON lines (or JSON in another layout of `readJsonRecords`), or CSV with a header
 * where the name ends in `.csv` or `.tsv`; gzip or not.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file, line and column: what is no verdict, and what checkVerdict says; a
 * column of the mapping that no line has; naming both lines for two judges of one name, and for two verdicts of a judge on one
 * candidate with other numbers. Equal ones are passed on.
 */
export async function* readVerdicts(
  paths: readonly string[],
  { columns = USUAL_COLUMNS, threshold = 0.5 }: ReadVerdictsOptions = {},
): AsyncGenerator<VerdictLine> {
  const judges = new Map<string, Pick<VerdictLine, 'identity' | 'place'>>();
  const given = new Map<string, Given>();
  const reader = createRecordReader({ columns, threshold });
  for (const path of paths) {
    for await (const { value, line } of recordsOf(path)) {
      for (const verdict of reader.read(value, `${path}:${line}`)) {
        checkIdentity(verdict, judges);
        checkRepetition(verdict, given, { path, line });
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
  if (kind === undefined) return readJsonRecords(path);
  return readCsvRecords(path, kind.toLowerCase() === 'csv' ? ',' : '\t');
}

/** A verdict that was read, in little memory: there may be a million. */
interface Given {
  readonly path: string;
  readonly line: number;
  readonly numbers: string;
}

/** A judge says one thing of a candidate: of two, it would depend on the order of the files which is measured. */
function checkRepetition(
  { judge, taskId, candidateId, rejected, ...verdict }: VerdictLine,
  given: Map<string, Given>,
  at: Pick<Given, 'path' | 'line'>,
): void {
  // Nothing was said of it.
  if (rejected !== null) return;
  const { label, probabilityCorrect, confidence, labelMass, rating, score, place } = verdict;
  const numbers = JSON.stringify([label, probabilityCorrect, confidence, labelMass, rating, score]);
  const key = `${judge}\n${candidateKey(taskId, candidateId)}`;
  const before = given.get(key);
  if (before === undefined) given.set(key, { ...at, numbers });
  else if (before.numbers !== numbers) {
    throw new CodejuryError(
      'usage',
      `${place}: another verdict of "${judge}" on the candidate ${candidateId} of ${taskId} than in ${before.path}:${before.line}`,
      { hint: 'leave out one of them, or give the judges names of their own' },
    );
  }
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
