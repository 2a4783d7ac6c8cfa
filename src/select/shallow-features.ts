import type { DrawnCandidate } from './ranker.ts';

/** What can be told of a candidate without a judge. */
export interface ShallowFacts {
  /** UTF-16 code units. */
  readonly length: number;
  /** Whether the language's grammar reads it without an error; null = there is no grammar. */
  readonly parses: boolean | null;
  /** Mean log-probability per token; null = unknown. */
  readonly meanLogProbability: number | null;
}

/** Numbers a row of `shallowFeatures`. */
export const SHALLOW_COLUMNS = 5;

/**
 * The inputs of the shallow baseline: log length, parse result, share of the draw's samples that are this candidate, mean
 * log-probability and whether it is known. All finite.
 */
export function shallowFeatures(
  { length, parses, meanLogProbability }: ShallowFacts,
  { multiplicity }: Pick<DrawnCandidate, 'multiplicity'>,
  n: number,
): number[] {
  return [
    Math.log1p(length),
    parses === false ? 0 : 1,
    multiplicity / n,
    meanLogProbability ?? 0,
    meanLogProbability === null ? 0 : 1,
  ];
}
