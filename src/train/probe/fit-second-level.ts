import type { Probe } from '../../contracts/probe.ts';
import type { LikelihoodKind } from '../../prompts/probe-prompt.ts';
import { type FitProbeOptions, fitProbe, type HeldOutScores, type ProbeFit } from './fit-probe.ts';

/** A probe's score, and likelihood and length of the code, in one logistic model. */
export interface SecondLevel extends Pick<ProbeFit, 'share' | 'merit'> {
  readonly level: NonNullable<Probe['likelihood']>;
  readonly heldOut: HeldOutScores;
}

/** How likely the model finds the candidates when it is asked in one way. */
export interface CodeLikelihoods {
  readonly prompt: LikelihoodKind;
  readonly values: readonly CodeLikelihood[];
}

/** How likely the model finds a candidate. */
export interface CodeLikelihood {
  /** Natural logarithm, of the whole code. */
  readonly logProbability: number;
  /** At least 1. */
  readonly tokenCount: number;
}

/**
 * Fits the second level, in the way of the first: across tasks and within them, mixed. It sees what the probe said of tasks it had
 * not been fitted on: beside hundreds of states, or beside scores of fitted tasks, the likelihood would count for nothing.
 *
 * @param likelihoods `values` has one for each row of `probe.heldOut`
 * @returns null where nothing holds for other tasks
 */
export function fitSecondLevel(
  { heldOut }: ProbeFit,
  { prompt, values }: CodeLikelihoods,
  options: FitProbeOptions,
): SecondLevel | null {
  const features = values.flatMap(({ logProbability, tokenCount }, row) => [
    heldOut.scores[row] ?? 0,
    logProbability / tokenCount,
    Math.log(tokenCount),
  ]);
  const { labels, taskIds } = heldOut;
  const fit = fitProbe({ features: Float32Array.from(features), columns: 3, labels, taskIds }, options);
  const [score = 0, meanLogProbability = 0, logTokenCount = 0] = fit?.coefficients ?? [];
  // With few tasks a probe may order the held-out ones the wrong way round; turning it over would hold for no other.
  if (fit === null || !(score > 0)) return null;
  const { intercept, share, merit } = fit;
  return {
    level: { prompt, score, meanLogProbability, logTokenCount, intercept },
    share,
    merit,
    heldOut: fit.heldOut,
  };
}
