import type { Comparison } from './comparison.ts';
import type { Estimate, JudgeEvaluation } from './judge-evaluation.ts';
import type { StudyReplay } from './study-replay.ts';

/** What is measured of one generator's candidates. */
export interface StudyEvaluation {
  /** Against the tests; empty without judges. */
  readonly judges: readonly JudgeEvaluation[];
  /** All pairs of judges. */
  readonly judgeComparisons: readonly Comparison[];
  /** All pairs of rankers and teams, of draws of one size. */
  readonly choiceComparisons: readonly Comparison[];
  /** Larger models that answer once. */
  readonly large: readonly { readonly name: string; readonly passAt1: Estimate }[];
  /** Each ranker and team against each larger model. */
  readonly largeComparisons: readonly Comparison[];
  readonly replays: readonly StudyReplay[];
  readonly notices: readonly string[];
}
