import type { InspectionCheck } from '../../contracts/inspection.ts';
import { describeFeedback } from '../describe-feedback.ts';

/** What ran, in words. */
export function nameOf({ check, body }: Pick<InspectionCheck, 'check' | 'body'>): string {
  if (check === 'reference') return 'its own solution';
  if (check === 'given') return `candidate ${body}`;
  return body === '' ? 'an empty body' : `\`${body.replace(/\s*\n\s*/g, '; ')}\``;
}

/** `its own solution: failed: f(1) gave 2, expected 3` */
export function describeCheck(check: InspectionCheck): string {
  const { outcome, feedback } = check;
  return `${nameOf(check)}: ${outcome}${feedback === null ? '' : `: ${describeFeedback(feedback)}`}`;
}

/** Which programs of a kind pass; null = none. */
export function describePassing(
  checks: readonly InspectionCheck[],
  wanted: InspectionCheck['check'],
): string | null {
  const passing = checks.filter(({ check, outcome }) => check === wanted && outcome === 'passed');
  return passing.length === 0
    ? null
    : `${passing.map(nameOf).join(', ')} ${passing.length === 1 ? 'passes' : 'pass'} all tests`;
}
