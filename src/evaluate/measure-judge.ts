import type {
  ConfusionMatrix,
  Estimate,
  EstimatedPrecision,
  JudgeMetrics,
  PrecisionAtConfidence,
  ReliabilityBin,
  ThresholdShare,
} from '../contracts/judge-evaluation.ts';
import { type BootstrapOptions, estimateOf } from './bootstrap-tasks.ts';
import { figuresOf, type JudgeFigures } from './judge-figures.ts';
import { type JudgeTally, tallyJudge } from './judge-tally.ts';
import { allOnce, drawnWeights } from './task-weights.ts';
import { type TestedTable, testedTable } from './tested-table.ts';
import type { ScoredCandidate, TestedVerdict } from './tested-verdict.ts';

/**
 * Everything a judge's profile says it earned, as one flat record of numbers; unknown is null.
 *
 * - `candidates`, `tasks`, `positives` (candidates that are correct) count all verdicts; `invalid` those without a label, which
 *   count for nothing below. `tasksWithBothLabels` are those that `aucWithinTask` is a mean over.
 * - `kappa`, `accuracy`, `precision`, `recall`, `specificity`, `f1`: of the labels.
 * - `auc`, `aucWithinTask`: of the scores, where there are any.
 * - `brier`, `ece` (10 bins): of the probabilities, where there are any.
 */
export function measureJudge(judged: readonly TestedVerdict[]): JudgeMetrics {
  return figuresOfAll(tallyJudge(testedTable(judged))).metrics;
}

/** As `measureJudge`, each number with its 95 % interval by bootstrap over tasks; counts have none. */
export function measureJudgeWithIntervals(
  judged: readonly TestedVerdict[],
  options: BootstrapOptions,
): JudgeMeasurement['metrics'] {
  return measureTable(testedTable(judged), options).metrics;
}

/** All that is measured of one judge. */
export interface JudgeMeasurement {
  readonly metrics: Readonly<Record<keyof JudgeMetrics, Estimate>>;
  readonly confusion: ConfusionMatrix;
  /** Each true class divided by its size; null for a class without candidates. */
  readonly confusionShares: Readonly<Record<keyof ConfusionMatrix, Estimate>>;
  readonly precisionByConfidence: readonly EstimatedPrecision[];
  readonly reliability: readonly ReliabilityBin[];
}

/** Counts, of which an interval would say how large the draws were. */
const COUNTS: ReadonlySet<keyof JudgeMetrics> = new Set([
  ...(['candidates', 'tasks', 'tasksWithBothLabels', 'positives', 'invalid'] as const),
]);
const THRESHOLD_SHARES: readonly ThresholdShare[] = [
  ...(['coverage', 'precisionCorrect', 'precisionWrong', 'coverageCorrect', 'coverageWrong'] as const),
];

/**
 * Measures a judge, with 95 % intervals by bootstrap over tasks: as `bootstrapTasks`, but a draw takes sums of tasks as often as
 * they are in it, and no candidate is looked at again but for the area under the curve over all.
 *
 * @throws {RangeError} unless `resamples` is a whole number of at least 1.
 */
export function measureTable(table: TestedTable, options: BootstrapOptions): JudgeMeasurement {
  const steps = measureTableInSteps(table, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same with a stop after every few draws, for whoever wants to hear of an interruption: many draws of many candidates take minutes. */
export function* measureTableInSteps(
  table: TestedTable,
  options: BootstrapOptions,
): Generator<void, JudgeMeasurement, void> {
  const tally = tallyJudge(table);
  const figures = figuresOfAll(tally);
  const found = shares(figures);
  const draws = found.map(() => [] as number[]);
  for (const weights of drawnWeights(tally.tasks, options)) {
    for (const drawn of figuresOf(tally, weights).map(shares)) {
      for (let i = 0; i < draws.length; i++) {
        const value = drawn[i] ?? null;
        if (value !== null) draws[i]?.push(value);
      }
    }
    yield;
  }
  const estimates = found.map((value, i) => estimateOf(value, draws[i] ?? [], options.resamples)).values();
  const next = (): Estimate => estimates.next().value ?? { value: null, low: null, high: null };
  const record = <Name extends string>(names: Iterable<Name>) =>
    Object.fromEntries([...names].map((name) => [name, next()])) as Record<Name, Estimate>;
  // In the order of `shares`.
  const metrics = record(Object.keys(figures.metrics) as (keyof JudgeMetrics)[]);
  for (const name of COUNTS) metrics[name] = { value: figures.metrics[name], low: null, high: null };
  return {
    metrics,
    confusion: figures.confusion,
    confusionShares: record(Object.keys(figures.confusionShares) as (keyof ConfusionMatrix)[]),
    precisionByConfidence: figures.precisionByConfidence.map((row) => ({
      ...row,
      intervals: intervalsOf(record(THRESHOLD_SHARES)),
    })),
    reliability: figures.reliability,
  };
}

function figuresOfAll(tally: JudgeTally): JudgeFigures {
  const [figures] = figuresOf(tally, allOnce(tally.tasks));
  if (figures === undefined) throw new Error('no figures of one draw');
  return figures;
}

function intervalsOf(estimates: Readonly<Record<ThresholdShare, Estimate>>): EstimatedPrecision['intervals'] {
  const bare = THRESHOLD_SHARES.map((name) => {
    const { low, high } = estimates[name];
    return [name, { low, high }];
  });
  return Object.fromEntries(bare);
}

/** All that has an interval, in one order. */
function shares({ metrics, confusionShares, precisionByConfidence }: JudgeFigures): (number | null)[] {
  const ofThreshold = (row: PrecisionAtConfidence) => THRESHOLD_SHARES.map((name) => row[name]);
  return [
    ...Object.values(metrics),
    ...Object.values(confusionShares),
    ...precisionByConfidence.flatMap(ofThreshold),
  ];
}

/** The scores of valid verdicts, as what candidates are ordered by. */
export function validScores(judged: readonly TestedVerdict[]): (ScoredCandidate & { taskId: string })[] {
  return judged.flatMap(({ taskId, truth, label, score }) =>
    label === null || score === null ? [] : [{ taskId, truth, score }],
  );
}

/** The probabilities of valid verdicts, as what is calibrated or not. */
export function validProbabilities(judged: readonly TestedVerdict[]): ScoredCandidate[] {
  return judged.flatMap(({ truth, label, probabilityCorrect }) =>
    label === null || probabilityCorrect === null ? [] : [{ truth, score: probabilityCorrect }],
  );
}
