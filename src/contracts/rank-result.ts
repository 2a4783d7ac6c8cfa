import type { Estimate } from './judge-evaluation.ts';

/** One line of the table: how often what was chosen passes. */
export interface RankRow {
  /** A ranker's, or that of an expectation or ceiling. */
  readonly name: string;
  /** `exact`: an expectation, nothing was drawn for the choice; `ceiling`: what no choice can exceed. */
  readonly kind: 'ranker' | 'exact' | 'ceiling';
  /** Samples a draw. */
  readonly n: number;
  /** Mean over tasks of the mean over repetitions, with its 95 % interval by bootstrap over tasks. */
  readonly passAt1: Estimate;
  /** Share of draws in which the best score was shared, so that something else decided; null where nothing is scored. */
  readonly tied: number | null;
  readonly how: string;
}

/** A ranker against a baseline on the same tasks. */
export interface RankComparison {
  readonly ranker: string;
  readonly baseline: string;
  readonly n: number;
  /** Ranker minus baseline, pass@1. */
  readonly difference: Estimate;
  /** Two-sided, by permutation over tasks: repetitions of a task are not independent. Null without tasks. */
  readonly pValue: number | null;
  /**
   * After Benjamini and Hochberg over all comparisons of the document with a baseline of the same kind: with an expectation, or with
   * another ranker.
   */
  readonly adjusted: number | null;
}

/** The document `codejury rank --json` prints. */
export interface RankResult {
  /** Tasks that have samples, and those of them whose labels are known: only these are in the table. */
  readonly tasks: number;
  readonly labelledTasks: number;
  readonly samples: number;
  /** Samples in which nothing was found that could be run: they count as failures, no ranker chooses them. */
  readonly rejectedSamples: number;
  readonly candidates: number;
  /** Samples of the smallest and the largest pool that draws are from. */
  readonly poolSizes: { readonly least: number; readonly most: number };
  readonly sizes: readonly number[];
  readonly repetitions: number;
  readonly seed: number;
  /** Of the bootstrap over tasks. */
  readonly resamples: number;
  /** Empty without labels. */
  readonly rows: readonly RankRow[];
  readonly comparisons: readonly RankComparison[];
  readonly notices: readonly string[];
  readonly out: string;
}
