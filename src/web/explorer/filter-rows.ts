import type { Row } from './row.ts';
import { judgesDisagree, verdictKind } from './verdict-kind.ts';

/** Which candidates are shown, in words of the tests and of one judge. */
export const KINDS = {
  all: 'All',
  passed: 'Passed the tests',
  failed: 'Failed the tests',
  'not-run': 'Not run',
  'false-positive': 'False positives',
  'false-negative': 'False negatives',
  invalid: 'Invalid answers',
  disagree: 'Judges disagree',
} as const;
export type Kind = keyof typeof KINDS;

export interface Filters {
  readonly kind: Kind;
  /** Index of the judge whose errors are meant. */
  readonly judge: number;
  /** Null = any. */
  readonly generator: string | null;
  readonly language: string | null;
  /** `outcome:failed`, `rejected:incomplete`, `feedback:ValueError`. */
  readonly result: string | null;
  /** In ids, kinds of feedback, code and messages, case ignored; '' = any. */
  readonly text: string;
  /** Keys of a sample; null = all. */
  readonly within: ReadonlySet<string> | null;
}

/** What search looks into beside ids: code and message of a candidate; null = not unpacked yet. */
export type TextOf = (row: Row) => string | null;

export interface Filtered {
  readonly rows: readonly Row[];
  /** How many each kind would show with the other filters as they are. */
  readonly counts: Readonly<Record<Kind, number>>;
}

export function noMatches(): { rows: readonly Row[]; counts: Record<Kind, number> } {
  const counts = Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0]));
  return { rows: [], counts: counts as Record<Kind, number> };
}

/** The candidates that pass all filters, in their order. */
export function filterRows(all: readonly Row[], filters: Filters, textOf: TextOf): Filtered {
  const kinds = Object.keys(KINDS) as Kind[];
  const { counts } = noMatches();
  const text = filters.text.trim().toLowerCase();
  const rows = all.filter((row) => {
    if (!passesOthers(row, filters, text, textOf)) return false;
    let shown = false;
    for (const kind of kinds) {
      if (!isOfKind(row, kind, filters.judge)) continue;
      counts[kind]++;
      shown ||= kind === filters.kind;
    }
    return shown;
  });
  return { rows, counts };
}

export function isOfKind(row: Row, kind: Kind, judge: number): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'passed':
      return row.truth === 1;
    case 'failed':
      return row.truth === 0 && row.candidate.rejected === null;
    case 'not-run':
      return row.candidate.outcome === null || row.candidate.outcome === 'sandbox-error';
    case 'disagree':
      return judgesDisagree(row);
    default:
      return verdictKind(row, judge) === kind;
  }
}

/** What became of a candidate, coarse and fine, as values of the filter `result`. */
export function resultsOf({ candidate: { outcome, rejected, feedback } }: Row): readonly string[] {
  return [
    ...(outcome === null ? [] : [`outcome:${outcome}`]),
    ...(rejected === null ? [] : [`rejected:${rejected}`]),
    ...(feedback === null ? [] : [`feedback:${feedback}`]),
  ];
}

function passesOthers(row: Row, filters: Filters, text: string, textOf: TextOf): boolean {
  const { generator, language, result, within } = filters;
  return (
    (generator === null || row.generator === generator) &&
    (language === null || row.task.language === language) &&
    (result === null || resultsOf(row).includes(result)) &&
    (within === null || within.has(row.key)) &&
    (text === '' || hasText(row, text, textOf))
  );
}

function hasText(row: Row, text: string, textOf: TextOf): boolean {
  const { key, task, candidate } = row;
  return [task.id, key, candidate.feedback, textOf(row)].some((part) => part?.toLowerCase().includes(text));
}
