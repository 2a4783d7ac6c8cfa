import type { Comparison } from './comparison.ts';
import type { Estimate } from './judge-evaluation.ts';

/** How often what one ranker chose passes. */
export interface SelectionMeasure {
  /** What comparisons call it: file, ranker and samples a draw. */
  readonly name: string;
  readonly file: string;
  readonly ranker: string;
  /** Samples a draw. */
  readonly n: number;
  /** Tasks measured, and draws of them. */
  readonly tasks: number;
  readonly draws: number;
  /** Tasks left out: what was chosen in one of their draws has no label. */
  readonly unlabelledTasks: number;
  /** Draws in which nothing could be chosen: they count as failures. */
  readonly empty: number;
  /** Mean over tasks of the mean over repetitions, with its 95 % interval by bootstrap over tasks. */
  readonly passAt1: Estimate;
}

/** The document `codejury evaluate --selections --json` prints. */
export interface SelectionsResult {
  readonly labels: string;
  readonly resamples: number;
  readonly seed: number;
  readonly selections: readonly SelectionMeasure[];
  readonly comparisons: readonly Comparison[];
  readonly notices: readonly string[];
}
