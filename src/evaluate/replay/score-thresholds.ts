import type { ReplayedDraw } from './replayed-draw.ts';
import { thinCurve } from './thin-curve.ts';

/**
 * Thresholds at which stopping changes: the distinct scores of the samples, ascending, thinned to at most `most`. Scores crowd at
 * the ends of their scale; these do, too. Empty without scores.
 *
 * @throws {RangeError} as thinCurve.
 */
export function scoreThresholds(draws: readonly ReplayedDraw[], most: number): readonly number[] {
  const scores = draws.flatMap(({ samples }) => samples.map(({ candidate }) => candidate?.score ?? null));
  const distinct = new Set(scores.filter((score) => score !== null));
  return thinCurve(
    [...distinct].sort((a, b) => a - b),
    most,
  );
}
