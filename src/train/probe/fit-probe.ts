import { fitLogistic } from '../../util/fit-logistic.ts';
import { type Direction, fitDirection, type ProbeData, scoreRows, selectRows } from './fit-direction.ts';
import { groupFolds } from './group-folds.ts';

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
  /** Logits of the held-out probabilities, before the threshold is taken off. */
  readonly heldOut: HeldOutScores;
}

/**
 * Fits a probe. Two directions are learned: one from the candidates as they are, which mostly tells easy tasks from hard ones
 * (kappa needs that), and one from what sets the candidates of a task apart (choosing among them needs that). Each is as strong
 * as its held-out scores are best with; they are added, in units of their spread, in the share that serves both measures best.
 * Level and scale come from the held-out scores, too: those of tasks that were fitted are too sure. Last the
 * threshold is taken off, so that a probability of one half is where "correct" begins.
 *
 * Null when there is nothing to learn: fewer than two tasks, one label only, or nothing that holds for other tasks.
 */
export function fitProbe(data: ProbeData, options: FitProbeOptions): ProbeFit | null {
  const folds = groupFolds(data.taskIds, options.folds, options.seed);
  const across = bestDirection(data, folds, false, options.strengths, options.across);
  const within = bestDirection(data, folds, true, options.strengths, options.within);
  if (across === null) return null;
  let best: { readonly share: number; readonly mix: Mix; readonly merit: number } | null = null;
  for (const share of within === null ? [0] : options.shares) {
    const mix = mixOf(across, within ?? across, share);
    const measures = [options.across(mix.heldOut), options.within(mix.heldOut)].filter(
      (value) => value !== null,
    );
    const merit = measures.reduce((sum, value) => sum + value / measures.length, 0);
    if (measures.length > 0 && (best === null || merit > best.merit)) best = { share, mix, merit };
  }
  if (best === null) return null;
  const { heldOut, direction } = best.mix;
  const level = fitLogistic(
    { features: heldOut.scores, columns: 1, targets: heldOut.labels, weights: null },
    { l2: 0 },
  );
  const slope = level?.coefficients[0] ?? 0;
  // A direction that orders the held-out tasks the wrong way round has learned nothing that holds.
  if (level === null || !(slope > 0)) return null;
  const logits = { ...heldOut, scores: heldOut.scores.map((score) => slope * score + level.intercept) };
  return {
    coefficients: direction.coefficients.map((value) => slope * value),
    intercept: slope * direction.intercept + level.intercept - options.chooseThreshold(logits),
    acrossStrength: across.strength,
    withinStrength: (within ?? across).strength,
    share: best.share,
    merit: best.merit,
    heldOut: logits,
  };
}

interface FittedDirection {
  readonly direction: Direction;
  readonly strength: number;
  readonly heldOut: HeldOutScores;
}

/** The direction of the strength whose held-out scores are best; of equal ones the first. */
function bestDirection(
  data: ProbeData,
  folds: Int32Array,
  withinTasks: boolean,
  strengths: readonly number[],
  measure: Measure,
): FittedDirection | null {
  let best: { readonly strength: number; readonly heldOut: HeldOutScores; readonly value: number } | null =
    null;
  for (const strength of strengths) {
    const heldOut = scoreHeldOut(data, folds, strength, withinTasks);
    const value = heldOut === null ? null : measure(heldOut);
    if (heldOut === null || value === null) continue;
    if (best === null || value > best.value) best = { strength, heldOut, value };
  }
  const direction = best === null ? null : fitDirection(data, { l2: best.strength, withinTasks });
  return best === null || direction === null ? null : { ...best, direction };
}

interface Mix {
  readonly direction: Direction;
  readonly heldOut: HeldOutScores;
}

function mixOf(across: FittedDirection, within: FittedDirection, share: number): Mix {
  const a = (1 - share) / spreadOf(across.heldOut.scores);
  const b = share / spreadOf(within.heldOut.scores);
  const add = (left: number, right: number) => a * left + b * right;
  return {
    direction: {
      coefficients: across.direction.coefficients.map((value, index) =>
        add(value, within.direction.coefficients[index] ?? 0),
      ),
      intercept: add(across.direction.intercept, within.direction.intercept),
    },
    heldOut: {
      ...across.heldOut,
      scores: across.heldOut.scores.map((score, row) => add(score, within.heldOut.scores[row] ?? 0)),
    },
  };
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
