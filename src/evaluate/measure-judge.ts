import type { ConfusionMatrix, Estimate, JudgeMetrics } from '../contracts/judge-evaluation.ts';
import { areaUnderCurve, createLevelCounts, scoreLevels } from './area-under-curve.ts';
import { type BootstrapOptions, bootstrapTasks, inOrderOfId } from './bootstrap-tasks.ts';
import { type BinSums, binSums, brierScore, expectedCalibrationError } from './calibration-error.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { classificationRates, confusionMatrix } from './confusion-matrix.ts';
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
  const { tallies, levels } = tallyTasks(judged);
  return metricsOf(inOrderOfId(tallies), levels);
}

/** As `measureJudge`, each number with its 95 % interval by bootstrap over tasks; counts have none. */
export function measureJudgeWithIntervals(
  judged: readonly TestedVerdict[],
  options: BootstrapOptions,
): Readonly<Record<keyof JudgeMetrics, Estimate>> {
  const { tallies, levels } = tallyTasks(judged);
  const estimates = bootstrapTasks(tallies, (tasks) => metricsOf(tasks, levels), options);
  const counts = ['candidates', 'tasks', 'tasksWithBothLabels', 'positives', 'invalid'] as const;
  const bare = counts.map((name) => [name, { value: estimates[name].value, low: null, high: null }]);
  return { ...estimates, ...Object.fromEntries(bare) };
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

/** What all metrics need of one task, so that a thousand draws of tasks do not look at candidates again. */
interface TaskTally {
  readonly candidates: number;
  readonly positives: number;
  readonly invalid: number;
  readonly matrix: ConfusionMatrix;
  readonly levels: readonly { readonly level: number; readonly truth: 0 | 1 }[];
  readonly area: number | null;
  readonly probabilities: number;
  readonly squaredErrors: number;
  readonly bins: readonly BinSums[];
}

function tallyTasks(judged: readonly TestedVerdict[]) {
  const ofTask = Map.groupBy(judged, ({ taskId }) => taskId);
  const scores = [...ofTask.values()].flatMap(validScores);
  const { levels, levelOf } = scoreLevels(scores.map(({ score }) => score));
  const tallies = new Map<string, TaskTally>();
  // Scores are in the order in which their tasks come.
  let place = 0;
  for (const [taskId, candidates] of ofTask) {
    const ranked = validScores(candidates);
    const probabilities = validProbabilities(candidates);
    tallies.set(taskId, {
      candidates: candidates.length,
      positives: candidates.filter(({ truth }) => truth === 1).length,
      invalid: candidates.filter(({ label }) => label === null).length,
      matrix: confusionMatrix(candidates),
      levels: ranked.map(({ truth }) => ({ truth, level: levelOf[place++] as number })),
      area: areaUnderCurve(ranked),
      probabilities: probabilities.length,
      squaredErrors: (brierScore(probabilities) ?? 0) * probabilities.length,
      bins: binSums(probabilities),
    });
  }
  return { tallies, levels };
}

function metricsOf(tasks: readonly TaskTally[], levels: number): JudgeMetrics {
  const sum = (of: (task: TaskTally) => number) => tasks.reduce((total, task) => total + of(task), 0);
  const matrix: ConfusionMatrix = {
    truePositives: sum((task) => task.matrix.truePositives),
    falsePositives: sum((task) => task.matrix.falsePositives),
    falseNegatives: sum((task) => task.matrix.falseNegatives),
    trueNegatives: sum((task) => task.matrix.trueNegatives),
  };
  const areas = tasks.map(({ area }) => area).filter((area) => area !== null);
  const counts = createLevelCounts(levels);
  for (const task of tasks) {
    for (const { level, truth } of task.levels) counts.add(level, truth);
  }
  const probabilities = sum((task) => task.probabilities);
  return {
    candidates: sum((task) => task.candidates),
    tasks: tasks.length,
    tasksWithBothLabels: areas.length,
    positives: sum((task) => task.positives),
    invalid: sum((task) => task.invalid),
    kappa: cohenKappa(matrix),
    ...classificationRates(matrix),
    auc: counts.area(),
    aucWithinTask: areas.length === 0 ? null : areas.reduce((total, area) => total + area, 0) / areas.length,
    brier: probabilities === 0 ? null : sum((task) => task.squaredErrors) / probabilities,
    ece: expectedCalibrationError(addBins(tasks)),
  };
}

function addBins(tasks: readonly TaskTally[]): BinSums[] {
  const width = tasks[0]?.bins.length ?? 0;
  return Array.from({ length: width }, (_, i) => {
    const total = { count: 0, probability: 0, correct: 0 };
    for (const { bins } of tasks) {
      total.count += bins[i]?.count ?? 0;
      total.probability += bins[i]?.probability ?? 0;
      total.correct += bins[i]?.correct ?? 0;
    }
    return total;
  });
}
