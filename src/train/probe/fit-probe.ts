import { fitLogistic } from '../../util/fit-logistic.ts';
import { groupFolds } from '../../util/group-folds.ts';
import { type Direction, fitDirection, type ProbeData, scoreRows, selectRows } from './fit-direction.ts';

/** Scores of candidates that the model which gave them had not been fitted on. */
export interface HeldOutScores {
  readonly scores: Float64Array;
  readonly labels: readonly (0 | 1)[];
  readonly taskIds: readonly string[];
}

/** How good scores are, more = better; null = not defined. */
type Measure = (heldOut: HeldOutScores) => number | null;

export interface FitProbeOptions {
  /** Strengths of the penalty to choose from. */
  readonly strengths: readonly number[];
  /** Shares of the direction within tasks to choose from, in [0, 1]. */
  readonly shares: readonly number[];
  /** Parts of the tasks, each scored by a model of the others. */
  readonly folds: number;
  /** Tasks of one group are in one part; absent = each task by itself. */
  readonly groupOf?: (taskId: string) => string;
  readonly seed: number;
  /** Of telling the candidates of all tasks apart, and those of one task. */
  readonly across: Measure;
  readonly within: Measure;
  /** The score above which to say "correct". */
  readonly chooseThreshold: (heldOut: HeldOutScores) => number;
}

export interface ProbeFit extends Direction {
  /** Strengths of the two directions, and the share of the one within tasks. */
  readonly acrossStrength: number;
  readonly withinStrength: number;
  readonly share: number;
  /** Mean of the two measures of the held-out scores. */
  readonly merit: number;
  /** Logits of the held-out probabilities. */
  readonly heldOut: HeldOutScores;
}

/**
 * Fits a probe. Two directions are learned: one from the candidates as they are, which mostly tells easy tasks from hard ones
 * (kappa needs that), and one from what sets the candidates of a task apart (choosing among them needs that). They are added, in
 * units of their spread; strengths and share are those whose held-out scores are best by the mean of both measures (of equal
 * ones the first). Level and scale come from the held-out scores, too: those of tasks that were fitted are too sure. Last the
 * threshold is taken off, so that a probability of one half is where "correct" begins.
 *
 * Null when there is nothing to learn: fewer than two tasks, one label only, or nothing that holds for other tasks.
 */
export function fitProbe(data: ProbeData, options: FitProbeOptions): ProbeFit | null {
  const groups = data.taskIds.map((taskId) => options.groupOf?.(taskId) ?? taskId);
  const folds = groupFolds(groups, options.folds, options.seed);
  const held = (withinTasks: boolean) =>
    options.strengths.flatMap((strength) => {
      const heldOut = scoreHeldOut(data, folds, strength, withinTasks);
      return heldOut === null ? [] : [{ strength, heldOut }];
    });
  const [across, within] = [held(false), held(true)];
  let best: (Choice & { readonly merit: number }) | null = null;
  for (const choice of choicesOf(across, within, options.shares)) {
    const merit = meritOf(mixScores(choice), options);
    if (merit !== null && (best === null || merit > best.merit)) best = { ...choice, merit };
  }
  if (best === null) return null;
  const heldOut = mixScores(best);
  const direction = mixDirections(best, data);
  const level = fitLogistic(
    { features: heldOut.scores, columns: 1, targets: heldOut.labels, weights: null },
    { l2: 0 },
  );
  const slope = level?.coefficients[0] ?? 0;
  // A direction that orders the held-out tasks the wrong way round has learned nothing that holds.
  if (direction === null || level === null || !(slope > 0)) return null;
  const logits = { ...heldOut, scores: heldOut.scores.map((score) => slope * score + level.intercept) };
  const threshold = options.chooseThreshold(logits);
  return {
    coefficients: direction.coefficients.map((value) => slope * value),
    intercept: slope * direction.intercept + level.intercept - threshold,
    acrossStrength: best.across.strength,
    withinStrength: best.within.strength,
    share: best.share,
    merit: best.merit,
    heldOut: { ...logits, scores: logits.scores.map((score) => score - threshold) },
  };
}

/** A direction by its strength, and what it says of tasks it was not fitted on. */
interface HeldOutDirection {
  readonly strength: number;
  readonly heldOut: HeldOutScores;
}

interface Choice {
  readonly across: HeldOutDirection;
  readonly within: HeldOutDirection;
  readonly share: number;
}

function choicesOf(
  across: readonly HeldOutDirection[],
  within: readonly HeldOutDirection[],
  shares: readonly number[],
): Choice[] {
  return across.flatMap((one) =>
    within.flatMap((other) => shares.map((share) => ({ across: one, within: other, share }))),
  );
}

/** The mean of the measures that are defined: without a task that has both labels, one is not. */
function meritOf(heldOut: HeldOutScores, { across, within }: FitProbeOptions): number | null {
  const values = [across(heldOut), within(heldOut)].filter((value) => value !== null);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value / values.length, 0);
}

function mixScores({ across, within, share }: Choice): HeldOutScores {
  const [a, b] = factorsOf({ across, within, share });
  return {
    ...across.heldOut,
    scores: across.heldOut.scores.map((score, row) => a * score + b * (within.heldOut.scores[row] ?? 0)),
  };
}

/** The same mixture of the directions fitted on all rows. */
function mixDirections(choice: Choice, data: ProbeData): Direction | null {
  const [a, b] = factorsOf(choice);
  const across = fitDirection(data, { l2: choice.across.strength, withinTasks: false });
  const within = fitDirection(data, { l2: choice.within.strength, withinTasks: true });
  if (across === null || within === null) return null;
  return {
    coefficients: across.coefficients.map(
      (value, index) => a * value + b * (within.coefficients[index] ?? 0),
    ),
    intercept: a * across.intercept + b * within.intercept,
  };
}

function factorsOf({ across, within, share }: Choice): [number, number] {
  return [(1 - share) / spreadOf(across.heldOut.scores), share / spreadOf(within.heldOut.scores)];
}

/** Standard deviation; 1 for scores that are all the same. */
function spreadOf(scores: Float64Array): number {
  const mean = scores.reduce((sum, score) => sum + score / scores.length, 0);
  return Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2 / scores.length, 0)) || 1;
}

/** Each fold's rows scored by a model of the others; null when one of these has one label only. */
function scoreHeldOut(
  data: ProbeData,
  folds: Int32Array,
  l2: number,
  withinTasks: boolean,
): HeldOutScores | null {
  const scores = new Float64Array(data.labels.length);
  for (const fold of new Set(folds)) {
    const inside = [...folds.keys()].filter((row) => folds[row] === fold);
    const outside = [...folds.keys()].filter((row) => folds[row] !== fold);
    const direction = fitDirection(selectRows(data, outside), { l2, withinTasks });
    if (direction === null) return null;
    const held = scoreRows(selectRows(data, inside), direction);
    for (const [place, row] of inside.entries()) scores[row] = held[place] ?? 0;
  }
  return { scores, labels: data.labels, taskIds: data.taskIds };
}
