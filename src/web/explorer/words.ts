import type { Row } from './row.ts';
import { type VerdictKind, verdictKind } from './verdict-kind.ts';

const KIND_WORDS: Readonly<Record<VerdictKind, string>> = {
  'true-positive': 'rightly accepted',
  'false-positive': 'false positive',
  'true-negative': 'rightly refused',
  'false-negative': 'false negative',
  invalid: 'invalid answer',
  'not-asked': 'not asked',
  unknown: 'tests did not say',
};

export function kindWords(kind: VerdictKind): string {
  return KIND_WORDS[kind];
}

/** What the tests said: `passed`, `runtime error`, `not run: incomplete`. */
export function outcomeWords({ candidate: { outcome, rejected } }: Row): string {
  if (outcome !== null) return outcome.replaceAll('-', ' ');
  return rejected === null ? 'not run' : `not run: ${rejected.replaceAll('-', ' ')}`;
}

/** One word a candidate for colours: how its tests ended. */
export function outcomeTone({ truth, candidate }: Row): 'passed' | 'failed' | 'unknown' {
  if (truth === 1) return 'passed';
  return truth === 0 && candidate.rejected === null ? 'failed' : 'unknown';
}

/** The judge's verdict as one sign for lists; '' = not asked. */
export function verdictSign(row: Row, judge: number): string {
  const kind = verdictKind(row, judge);
  if (kind === 'false-positive') return 'FP';
  if (kind === 'false-negative') return 'FN';
  if (kind === 'invalid') return 'invalid';
  return '';
}
