import type { Probe } from '../../contracts/probe.ts';
import { likelihoodFeatures } from '../../util/likelihood-features.ts';
import type { ProbeData } from './fit-direction.ts';
import { type FitProbeOptions, fitProbe, type HeldOutScores, type ProbeFit } from './fit-probe.ts';

/** A probe's score and the likelihood of the code in one logistic model. */
export interface SecondLevel extends Pick<ProbeFit, 'share' | 'merit'> {
  readonly level: NonNullable<Probe['likelihood']>;
  readonly heldOut: HeldOutScores;
}

/** How likely the model finds a candidate. */
export interface CodeLikelihood {
  /** Natural logarithm, of the whole code. */
  readonly logProbability: number;
  /** At least 1. */
  readonly tokenCount: number;
}

/**
 * Fits the second level, in the way of the first: across tasks and within them, mixed as held-out tasks demand. It sees what the
 * probe said of tasks it had not been fitted on: beside hundreds of states, or beside scores of fitted tasks, the likelihood
 * would count for nothing. Length is used where held-out tasks are better off with it.
 *
 * @param likelihoods one for each row of `probe.heldOut`
 * @returns null where nothing holds for other tasks
 */
export function fitSecondLevel(
  { heldOut }: ProbeFit,
  likelihoods: readonly CodeLikelihood[],
  options: FitProbeOptions,
): SecondLevel | null {
  const rows = likelihoods.map((likelihood, row) => [
    heldOut.scores[row] ?? 0,
    ...likelihoodFeatures(likelihood),
  ]);
  let best: { readonly fit: ProbeFit; readonly columns: number } | null = null;
  for (const columns of [2, 3]) {
    const data: ProbeData = {
      features: Float32Array.from(rows.flatMap((row) => row.slice(0, columns))),
      columns,
      labels: heldOut.labels,
      taskIds: heldOut.taskIds,
    };
    const fit = fitProbe(data, options);
    if (fit !== null && (best === null || fit.merit > best.fit.merit)) best = { fit, columns };
  }
  if (best === null) return null;
  const { coefficients, intercept, share, merit, heldOut: scores } = best.fit;
  const [score = 0, meanLogProbability = 0, logTokens = 0] = coefficients;
  return { level: { score, meanLogProbability, logTokens, intercept }, share, merit, heldOut: scores };
}
