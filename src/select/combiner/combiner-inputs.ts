import type { Verdict } from '../../contracts/verdict.ts';

/** What a combination sees of one judge's verdict; null = the judge gave none. */
export type CombinedVerdict = Pick<Verdict, 'label' | 'confidence'> | null;

/** Its label and its confidence. */
export const INPUTS_PER_JUDGE = 2;

/** Of a judge that gave no valid answer: neither the one nor the other. And of a written answer, which has no confidence. */
const UNKNOWN = 0.5;

/**
 * The inputs of a fitted combination: label and confidence of each judge in turn, twice as many numbers as judges. Null when no
 * judge gave a valid verdict.
 *
 * @see arXiv 2602.11911, ensembles by random forest and neural network
 */
export function combinerInputs(verdicts: readonly CombinedVerdict[]): number[] | null {
  if (verdicts.every((verdict) => verdict?.label == null)) return null;
  return verdicts.flatMap((verdict) =>
    verdict?.label == null ? [UNKNOWN, UNKNOWN] : [verdict.label, verdict.confidence ?? UNKNOWN],
  );
}
