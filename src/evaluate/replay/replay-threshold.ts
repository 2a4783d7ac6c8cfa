import { type Frontier, openReplay, type Replay, type ReplayOutcome, replayUntil } from './replay-outcome.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/**
 * Takes samples in order, stops at the first whose score reaches the threshold, and answers with the best so far; a draw in which
 * none reaches it is taken whole. So does `solve` with `stopWhen`. A sample without a score reaches no threshold, a draw without
 * candidates has no answer and fails.
 *
 * @param threshold on the scale of the scores; `Infinity` = all samples
 * @throws {RangeError} when the threshold is no number; as drawsByTask.
 * @see arXiv 2510.01394, arXiv 2410.02725
 */
export function replayThreshold(draws: readonly ReplayedDraw[], threshold: number): ReplayOutcome {
  return untilThreshold(openReplay(draws), threshold);
}

/**
 * What each of the thresholds comes to, beside all samples taken.
 *
 * @throws {RangeError} as replayThreshold.
 */
export function thresholdFrontier(draws: readonly ReplayedDraw[], thresholds: readonly number[]): Frontier {
  const replay = openReplay(draws);
  return {
    full: untilThreshold(replay, Number.POSITIVE_INFINITY),
    points: thresholds.map((setting) => ({ setting, ...untilThreshold(replay, setting) })),
  };
}

function untilThreshold(replay: Replay, threshold: number): ReplayOutcome {
  if (Number.isNaN(threshold)) throw new RangeError('expected a threshold, received NaN');
  return replayUntil(
    replay,
    ({ answer }) => answer !== null && answer.score !== null && answer.score >= threshold,
  );
}
