import type { ProbePooling } from '../../contracts/probe.ts';
import { areaUnderCurve, areaWithinTasks } from '../../evaluate/area-under-curve.ts';
import { cohenKappa } from '../../evaluate/cohen-kappa.ts';
import { type Direction, type ProbeData, scoreRows } from '../../train/probe/fit-direction.ts';
import {
  type FitProbeOptions,
  fitProbe,
  type HeldOutScores,
  type ProbeFit,
} from '../../train/probe/fit-probe.ts';
import { fitSecondLevel, type SecondLevel } from '../../train/probe/fit-second-level.ts';
import { firstOfProblem } from '../../util/first-of-problem.ts';
import { poolStates } from '../../util/pool-states.ts';
import type { RowsWithEvidence } from './read-probe-rows.ts';

/**
 * Strongest first, which wins where two do as well. Of 1,500 candidates of 55 tasks, weaker ones were no better on held-out
 * training tasks and worse on validation; stronger ones leave little but the mean.
 */
const STRENGTHS = [1000, 300, 100, 30];

/**
 * Of three numbers, penalised hardest, each counts by what it knows alone: the best that few tasks can teach (1,500 candidates of 55
 * tasks). With hundreds of tasks weights that are fitted are better: a short candidate is likelier whether it is right or not.
 */
const SECOND_STRENGTHS = [10_000, 1000, 100, 10];
const SECOND_SHARES = [1 / 2, 2 / 3, 1];

const SHARES = [0, 1 / 3, 1 / 2, 2 / 3, 1];

const FOLDS = 5;

/** A fitted probe and where it reads. */
export interface FittedProbe {
  readonly layer: number;
  readonly pooling: ProbePooling;
  readonly fit: ProbeFit;
  /** Null where the states decide alone. */
  readonly second: SecondLevel | null;
}

/** What a probe is worth on held-out tasks, as it decides. */
export function meritOf({ fit, second }: FittedProbe): number {
  return (second ?? fit).merit;
}

/**
 * The probe of each pooling, fitted on the training rows, by its states alone and, where likelihoods are known, with them; none
 * of which nothing can be learned.
 */
export function fitProbes(
  layer: number,
  { rows, states, likelihoods }: RowsWithEvidence,
  poolings: readonly ProbePooling[],
  seed: number,
): FittedProbe[] {
  const groupOf = problemGroupOf(rows);
  return poolings.flatMap((pooling) => {
    const vectors = states.map((each) => poolStates(each, pooling));
    const columns = vectors[0]?.length ?? 0;
    const features = new Float32Array(vectors.length * columns);
    for (const [row, vector] of vectors.entries()) features.set(vector, row * columns);
    const data: ProbeData = {
      features,
      columns,
      labels: rows.map(({ label }) => label),
      taskIds: rows.map(({ task }) => task.id),
    };
    const fit = fitProbe(data, { ...optionsOf(STRENGTHS, SHARES, seed), groupOf });
    return fit === null ? [] : withSecondLevel({ layer, pooling, fit }, likelihoods, seed, groupOf);
  });
}

/**
 * The probe of a direction that was learned on other tasks than those of the rows, by its states alone and, where likelihoods are
 * known, with them: the rows decide level, threshold and second level. None where the direction holds for none of them.
 */
export function fitLevels(
  layer: number,
  direction: Direction,
  { rows, states, likelihoods }: RowsWithEvidence,
  seed: number,
): FittedProbe[] {
  const groupOf = problemGroupOf(rows);
  const facts = { labels: rows.map(({ label }) => label), taskIds: rows.map(({ task }) => task.id) };
  const columns = direction.coefficients.length;
  const features = new Float32Array(states.length * columns);
  for (const [row, { mean }] of states.entries()) features.set(mean, row * columns);
  const scores = Float32Array.from(scoreRows({ features, columns, ...facts }, direction));
  const level = fitProbe(
    { features: scores, columns: 1, ...facts },
    { ...optionsOf([1], [0], seed), groupOf },
  );
  if (level === null) return [];
  const {
    coefficients: [slope = 0],
    intercept,
  } = level;
  const fit: ProbeFit = {
    ...level,
    coefficients: direction.coefficients.map((value) => slope * value),
    intercept: slope * direction.intercept + intercept,
    // The same as it is served: two numbers hardly know the rows they come from.
    heldOut: { scores: Float64Array.from(scores, (score) => slope * score + intercept), ...facts },
  };
  return withSecondLevel({ layer, pooling: 'mean', fit }, likelihoods, seed, groupOf);
}

function withSecondLevel(
  probe: Omit<FittedProbe, 'second'>,
  likelihoods: RowsWithEvidence['likelihoods'],
  seed: number,
  groupOf: (taskId: string) => string,
): FittedProbe[] {
  const options = { ...optionsOf(SECOND_STRENGTHS, SECOND_SHARES, seed), groupOf };
  const second = likelihoods === null ? null : fitSecondLevel(probe.fit, likelihoods, options);
  const alone: FittedProbe = { ...probe, second: null };
  return second === null ? [alone] : [alone, { ...probe, second }];
}

/** Tasks about the same are in one fold. */
function problemGroupOf(rows: RowsWithEvidence['rows']): (taskId: string) => string {
  const first = firstOfProblem(rows.map(({ task }) => task));
  return (taskId) => first.get(taskId) ?? taskId;
}

function optionsOf(strengths: readonly number[], shares: readonly number[], seed: number): FitProbeOptions {
  return {
    strengths,
    shares,
    folds: FOLDS,
    seed,
    across: (heldOut) => areaUnderCurve(candidatesOf(heldOut)),
    within: (heldOut) => areaWithinTasks(candidatesOf(heldOut)),
    chooseThreshold: (heldOut) => bestCut(heldOut).threshold,
  };
}

/** What held-out scores are worth, for the table of what was compared. */
export function describeProbe(probe: FittedProbe): Record<string, string | number | null> {
  const { layer, pooling, fit, second } = probe;
  const { heldOut, share } = second ?? fit;
  const candidates = candidatesOf(heldOut);
  return {
    layer,
    pooling,
    features: second === null ? 'states' : 'states+likelihood',
    share,
    aucWithinTask: areaWithinTasks(candidates),
    auc: areaUnderCurve(candidates),
    kappa: bestCut(heldOut).kappa,
  };
}

/** The largest kappa of saying "correct" above a score, and that score, half-way between two of the candidates. */
function bestCut({ scores, labels }: HeldOutScores): {
  readonly threshold: number;
  readonly kappa: number | null;
} {
  const order = [...labels.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const correct = labels.filter((label) => label === 1).length;
  const said = { correct: 0, wrong: 0 };
  let best: { threshold: number; kappa: number | null } = { threshold: 0, kappa: null };
  for (const [place, row] of order.entries()) {
    said[labels[row] === 1 ? 'correct' : 'wrong'] += 1;
    const score = scores[row] ?? 0;
    const next = scores[order[place + 1] ?? -1];
    if (next === undefined || next === score) continue;
    const kappa = cohenKappa({
      truePositives: said.correct,
      falsePositives: said.wrong,
      falseNegatives: correct - said.correct,
      trueNegatives: labels.length - correct - said.wrong,
    });
    if (kappa !== null && kappa > (best.kappa ?? Number.NEGATIVE_INFINITY)) {
      best = { threshold: (score + next) / 2, kappa };
    }
  }
  return best;
}

function candidatesOf({ scores, labels, taskIds }: HeldOutScores) {
  return labels.map((truth, row) => ({ taskId: taskIds[row] as string, truth, score: scores[row] ?? 0 }));
}
