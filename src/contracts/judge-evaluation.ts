import type { Comparison } from './comparison.ts';

/** Verdicts counted by what the tests say (true or false) and what the judge says (positive = correct). */
export interface ConfusionMatrix {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** A number that was measured, and the ends of its 95 % interval; null = unknown. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What a judge's profile says it earned. Unknown is null; see `measureJudge` for each. */
export type JudgeMetrics = {
  readonly candidates: number;
  readonly tasks: number;
  readonly tasksWithBothLabels: number;
  readonly positives: number;
  readonly invalid: number;
  readonly kappa: number | null;
  readonly accuracy: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly specificity: number | null;
  readonly f1: number | null;
  readonly auc: number | null;
  readonly aucWithinTask: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
};

/** What metrics are called where people read them, in the order shown; counts are not among them. */
export const METRIC_NAMES: Readonly<Partial<Record<keyof JudgeMetrics, string>>> = {
  kappa: 'kappa',
  accuracy: 'accuracy',
  precision: 'precision',
  recall: 'recall',
  specificity: 'specificity',
  f1: 'F1',
  auc: 'AUC',
  aucWithinTask: 'AUC within task',
  brier: 'Brier',
  ece: 'ECE',
};

/** How good the verdicts are of which the judge is at least so sure. Shares are in [0, 1], null where there is nothing to divide by. */
export interface PrecisionAtConfidence {
  readonly threshold: number;
  /** Verdicts with at least this confidence, and their share of all. */
  readonly kept: number;
  readonly coverage: number;
  /** Share of the kept verdicts "correct" that are so, and of "wrong". */
  readonly precisionCorrect: number | null;
  readonly precisionWrong: number | null;
  readonly keptCorrect: number;
  readonly keptWrong: number;
  /** Share of all verdicts "correct" that are kept, and of "wrong". */
  readonly coverageCorrect: number | null;
  readonly coverageWrong: number | null;
}

/** The shares of a threshold that have an interval. */
export type ThresholdShare = keyof PrecisionAtConfidence & (`coverage${string}` | `precision${string}`);

/** The same with the 95 % intervals of its shares. */
export interface EstimatedPrecision extends PrecisionAtConfidence {
  readonly intervals: Readonly<Record<ThresholdShare, Omit<Estimate, 'value'>>>;
}

/** Candidates whose probability lies in [from, to); the last bin includes 1. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability, and share that is correct; null in an empty bin. */
  readonly meanProbability: number | null;
  readonly shareCorrect: number | null;
}

/** How much of the model's probability went to the labels. */
export interface LabelMassSummary {
  readonly verdicts: number;
  /** Verdicts without a valid label, and verdicts for which no mass is on record. */
  readonly invalid: number;
  readonly withoutMass: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly smallest: number | null;
}

/** One judge against the tests. */
export interface JudgeEvaluation {
  readonly judge: string;
  /** Verdicts read, and those left out: of candidates without a label, repeated ones, and of samples with nothing to judge. */
  readonly verdicts: number;
  readonly withoutLabel: number;
  readonly repeated: number;
  readonly rejected: number;
  /** Verdicts measured whose label was found by nothing but the number of the sample. */
  readonly byNumber: number;
  /** Verdicts measured that say "correct" with a probability below one half: right where several labels mean "wrong". */
  readonly correctBelowHalf: number;
  /** Candidates with a label of which there is no verdict. */
  readonly notJudged: number;
  /** What its profile says, or what was fitted here: probabilities are measured after it; null = as the judge gives them. */
  readonly calibration: {
    readonly platt: { readonly slope: number; readonly intercept: number } | null;
    readonly confidenceBounds: { readonly min: number; readonly max: number } | null;
  } | null;
  /** It gives one label to nearly all candidates; null with too few verdicts to tell. */
  readonly constant: boolean | null;
  readonly metrics: Readonly<Record<keyof JudgeMetrics, Estimate>>;
  /** What a kappa of this size is called; null without one. */
  readonly agreement: string | null;
  readonly confusion: ConfusionMatrix;
  /** The same, each true class divided by its size; null for a class without candidates. */
  readonly confusionShares: Readonly<Record<keyof ConfusionMatrix, Estimate>>;
  readonly precisionByConfidence: readonly EstimatedPrecision[];
  readonly reliability: readonly ReliabilityBin[];
  readonly labelMass: LabelMassSummary;
}

/** The document `codejury evaluate --json` prints. */
export interface EvaluateResult {
  /** Where labels are from; null = from the lines of the verdicts. */
  readonly labels: string | null;
  /** The part of the dataset that was measured on; null = all of it. */
  readonly split: string | null;
  /** Candidates in it that have a label. */
  readonly labelled: number;
  /** Of the bootstrap over tasks. */
  readonly resamples: number;
  readonly seed: number;
  readonly judges: readonly JudgeEvaluation[];
  /** Of the judges that were to be compared. */
  readonly comparisons: readonly Comparison[];
  readonly notices: readonly string[];
}
