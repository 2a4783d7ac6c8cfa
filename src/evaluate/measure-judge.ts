import type { ConfusionMatrix, Estimate, JudgeMetrics } from '../contracts/judge-evaluation.ts';
import { areaUnderCurve, createLevelCounts, scoreLevels } from './area-under-curve.ts';
import { type BootstrapOptions, bootstrapTasks, inOrderOfId } from './bootstrap-tasks.ts';
import { type BinSums, binSums, brierScore, expectedCalibrationError } from './calibration-error.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { classificationRates, confusionMatrix } from './confusion-matrix.ts';
import type { JudgedCandidate, ScoredCandidate } from './judged-candidate.ts';

/**
 * Everything a judge's profile says it earned, as one flat record of numbers; unknown is null.
 *
 * - `candidates`, `tasks`, `positives` (candidates that are correct) count all verdicts; `invalid` those without a label, which
 *   count for nothing below. `tasksWithBothLabels` are those that `aucWithinTask` is a mean over.
 * - `kappa`, `accuracy`, `precision`, `recall`, `specificity`, `f1`: of the labels.
 * - `auc`, `aucWithinTask`, `brier`, `ece` (10 bins): of the probabilities, where there are any.
 */
export function measureJudge(judged: readonly JudgedCandidate[]): JudgeMetrics {
  const { tallies, levels } = tallyTasks(judged);
  return metricsOf(inOrderOfId(tallies), levels);
}

/** As `measureJudge`, each number with its 95 % interval by bootstrap over tasks; counts have none. */
export function measureJudgeWithIntervals(
  judged: readonly JudgedCandidate[],
  options: BootstrapOptions,
): Readonly<Record<keyof JudgeMetrics, Estimate>> {
  const { tallies, levels } = tallyTasks(judged);
  const estimates = bootstrapTasks(tallies, (tasks) => metricsOf(tasks, levels), options);
  const counts = ['candidates', 'tasks', 'tasksWithBothLabels', 'positives', 'invalid'] as const;
  const bare = counts.map((name) => [name, { value: estimates[name].value, low: null, high: null }]);
  return { ...estimates, ...Object.fromEntries(bare) };
}

/** Valid verdicts with a probability, as what is ranked and calibrated. */
export function scoredCandidates<Judged extends JudgedCandidate>(
  judged: readonly Judged[],
): (ScoredCandidate & { readonly taskId: string })[] {
  return judged.flatMap(({ taskId, truth, label, probabilityCorrect }) =>
    label === null || probabilityCorrect === null ? [] : [{ taskId, truth, score: probabilityCorrect }],
  );
}

/** What all metrics need of one task, so that a thousand draws of tasks do not look at candidates again. */
interface TaskTally {
  readonly candidates: number;
  readonly positives: number;
  readonly invalid: number;
  readonly matrix: ConfusionMatrix;
  readonly scored: readonly { readonly level: number; readonly truth: 0 | 1 }[];
  readonly squaredErrors: number;
  readonly bins: readonly BinSums[];
  readonly area: number | null;
}

function tallyTasks(judged: readonly JudgedCandidate[]) {
  const { levels, levelOf } = scoreLevels(scoredCandidates(judged).map(({ score }) => score));
  // Levels are in the order of the candidates, tasks are not.
  let next = 0;
  const withLevels = judged.map((candidate) => ({
    ...candidate,
    level: scoredCandidates([candidate]).length === 0 ? null : (levelOf[next++] as number),
  }));
  const tallies = new Map<string, TaskTally>();
  for (const [taskId, ofTask] of Map.groupBy(withLevels, ({ taskId }) => taskId)) {
    const scored = scoredCandidates(ofTask);
    tallies.set(taskId, {
      candidates: ofTask.length,
      positives: ofTask.filter(({ truth }) => truth === 1).length,
      invalid: ofTask.filter(({ label }) => label === null).length,
      matrix: confusionMatrix(ofTask),
      scored: ofTask.flatMap(({ level, truth }) => (level === null ? [] : [{ level, truth }])),
      squaredErrors: (brierScore(scored) ?? 0) * scored.length,
      bins: binSums(scored),
      area: areaUnderCurve(scored),
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
    for (const { level, truth } of task.scored) counts.add(level, truth);
  }
  const scored = sum((task) => task.scored.length);
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
    brier: scored === 0 ? null : sum((task) => task.squaredErrors) / scored,
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
