import type { Estimate } from './judge-evaluation.ts';

/** Of every permutation test: enough for p down to 0.0001. */
export const PERMUTATIONS = 9_999;

/** A statistic and its p-value. */
export interface ChiSquare {
  readonly statistic: number;
  readonly pValue: number;
}

/** McNemar's test of two that were right or wrong on the same outcomes. */
export interface McNemarResult {
  /** The p-value to report: the exact one with fewer than 25 discordant pairs, else that of the corrected chi-square. */
  readonly pValue: number;
  readonly method: 'exact' | 'chi-square';
  readonly exactPValue: number;
  /** Without and with the correction for continuity; null without a discordant pair. */
  readonly chiSquare: ChiSquare | null;
  readonly correctedChiSquare: ChiSquare | null;
  /** Odds ratio b / c, with its 95 % Wald interval. */
  readonly oddsRatio: number;
  readonly low: number;
  readonly high: number;
  /** One of the two is 0, and ½ was added to both (Haldane) for odds ratio and interval. */
  readonly corrected: boolean;
}

/** Two judges on the same candidates, or two rankers on the same draws. */
export interface OutcomeComparison {
  readonly tasks: number;
  readonly outcomes: number;
  /** Outcomes that both get right, one of them alone, or neither. */
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
  /** Takes outcomes for independent; those of one task are not. */
  readonly mcnemar: McNemarResult;
  /** Share that the first gets right minus that of the second, with its interval by bootstrap over tasks. */
  readonly difference: Estimate;
  /** Two-sided, by permutation over tasks: what claims rest on. Null without outcomes. */
  readonly pValue: number | null;
}

/** One of several comparisons. */
export interface Comparison extends OutcomeComparison {
  readonly first: string;
  readonly second: string;
  /** The p-values after Benjamini and Hochberg over all comparisons of the document. */
  readonly adjusted: { readonly pValue: number | null; readonly mcnemar: number };
  /** Of rankers, samples a draw; null for judges. */
  readonly n: { readonly first: number; readonly second: number } | null;
  /** Of judges, kappa of the first minus that of the second; null for rankers. */
  readonly kappaDifference: Estimate | null;
  /** Candidates or draws that only one of the two has a valid answer for: no part of the comparison. */
  readonly leftOut: number;
}
