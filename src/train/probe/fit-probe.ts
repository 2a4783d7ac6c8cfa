import { fitLogistic } from '../../util/fit-logistic.ts';
import { type Direction, fitDirection, type ProbeData, scoreRows, selectRows } from './fit-direction.ts';
import { groupFolds } from './group-folds.ts';

/** Scores of candidates that the model which gave them had not been fitted on. */
export interface HeldOutScores {
  readonly scores: Float64Array;
  readonly labels: readonly (0 | 1)[];
  readonly taskIds: readonly string[];
}

export interface FitProbeOptions {
  /** Strengths of the penalty to choose from. */
  readonly strengths: readonly number[];
  /** Parts of the tasks, each scored by a model of the others. */
  readonly folds: number;
  readonly seed: number;
  readonly withinTasks: boolean;
  /** How good such scores are, more = better; null = not defined. */
  readonly criterion: (heldOut: HeldOutScores) => number | null;
  /** The score at and above which to say "correct". */
  readonly chooseThreshold: (heldOut: HeldOutScores) => number;
}

export interface ProbeFit extends Direction {
  readonly strength: number;
  /** Of the chosen strength. */
  readonly criterion: number;
  /** Logits of the held-out probabilities, before the threshold is taken off. */
  readonly heldOut: HeldOutScores;
}

/**
 * Fits a probe: the strength is the one whose held-out scores are best (of equal ones the first), the direction is
 * fitted on all rows with it. Level and scale of the scores come from the held-out ones, which are not those of a model that
 * has seen their tasks; last the threshold is taken off, so that a probability of one half is where "correct" begins.
 *
 * Null when there is nothing to learn: fewer than two tasks, or one label only.
 */
export function fitProbe(data: ProbeData, options: FitProbeOptions): ProbeFit | null {
  const folds = groupFolds(data.taskIds, options.folds, options.seed);
  let best: {
    readonly strength: number;
    readonly heldOut: HeldOutScores;
    readonly criterion: number;
  } | null = null;
  for (const strength of options.strengths) {
    const heldOut = scoreHeldOut(data, folds, strength, options.withinTasks);
    const criterion = heldOut === null ? null : options.criterion(heldOut);
    if (heldOut === null || criterion === null) continue;
    if (best === null || criterion > best.criterion) best = { strength, heldOut, criterion };
  }
  if (best === null) return null;
  const { strength, heldOut, criterion } = best;
  const direction = fitDirection(data, { l2: strength, withinTasks: options.withinTasks });
  const level = fitLogistic(
    { features: heldOut.scores, columns: 1, targets: heldOut.labels, weights: null },
    { l2: 0 },
  );
  const slope = level?.coefficients[0] ?? 0;
  // A direction that orders the held-out tasks the wrong way round has learned nothing that holds.
  if (direction === null || level === null || !(slope > 0)) return null;
  const logits: HeldOutScores = {
    ...heldOut,
    scores: heldOut.scores.map((score) => slope * score + level.intercept),
  };
  return {
    coefficients: direction.coefficients.map((value) => slope * value),
    intercept: slope * direction.intercept + level.intercept - options.chooseThreshold(logits),
    strength,
    criterion,
    heldOut: logits,
  };
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
