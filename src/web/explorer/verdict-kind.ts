import type { Row } from './row.ts';

/**
 * A verdict beside the tests: `invalid` = an answer that was none, `not-asked`; `unknown` where the tests did not say. "Positive" is "correct".
 */
export type VerdictKind =
  | 'true-positive'
  | 'false-positive'
  | 'true-negative'
  | 'false-negative'
  | 'invalid'
  | 'not-asked'
  | 'unknown';

/** @param judge its index in the study */
export function verdictKind({ truth, candidate }: Row, judge: number): VerdictKind {
  const label = candidate.labels[judge] ?? '-';
  if (label === '-') return 'not-asked';
  if (label === 'x') return 'invalid';
  if (truth === null) return 'unknown';
  if (label === '1') return truth === 1 ? 'true-positive' : 'false-positive';
  return truth === 1 ? 'false-negative' : 'true-negative';
}

/** Of its valid answers, at least one each says right and wrong. */
export function judgesDisagree({ candidate }: Row): boolean {
  return candidate.labels.includes('1') && candidate.labels.includes('0');
}
