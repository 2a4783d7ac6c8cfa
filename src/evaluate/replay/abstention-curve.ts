import { answerLevels, weightOf, weightPassed } from './answer-levels.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/** What is answered when answers have to score at least so much. */
export interface AbstentionPoint {
  /** The lowest score among the answered; null = answers without a score are given, too, that is without a minimum. */
  readonly minimumScore: number | null;
  /** Draws with an answer. */
  readonly answered: number;
  /** Share answered, in (0, 1]; tasks weigh the same, of each its repetitions. */
  readonly coverage: number;
  /** Share of the answered that pass, of equal weights. */
  readonly passAt1: number;
}

export interface AbstentionCurve {
  /** By ascending coverage, one for each distinct score. The last one is below 1 where draws have no candidate. */
  readonly points: readonly AbstentionPoint[];
  /**
   * Mean pass@1 of the answered over all coverages up to the last point; of equal scores, any part may be answered. Higher is better.
   * Null without answers.
   */
  readonly area: number | null;
  /** The same if scores said nothing, and if all answers that pass scored highest. */
  readonly chanceArea: number | null;
  readonly bestArea: number | null;
}

/**
 * How often answers pass if the less sure ones are not given: of each draw the candidate chosen among all its samples, sorted by
 * its score.
 *
 * @throws {RangeError} as drawsByTask.
 * @see Geifman, Uziel, El-Yaniv, arXiv 1805.08206: the area under the curve of risk against coverage
 */
export function abstentionCurve(draws: readonly ReplayedDraw[]): AbstentionCurve {
  const levels = answerLevels(draws);
  const all = weightOf(levels.flat());
  const points: AbstentionPoint[] = [];
  let [answered, weight, passed, area] = [0, 0, 0, 0];
  for (const level of levels) {
    const first = level[0]?.answer ?? null;
    if (first === null) break;
    const [own, right] = [weightOf(level), weightPassed(level)];
    const share = right / own;
    // The integral of (passed + share · x) / (weight + x) over x from 0 to own.
    area += right + (weight === 0 ? 0 : (passed - share * weight) * Math.log((weight + own) / weight));
    answered += level.length;
    weight += own;
    passed += right;
    points.push({ minimumScore: first.score, answered, coverage: weight / all, passAt1: passed / weight });
  }
  if (weight === 0) return { points, area: null, chanceArea: null, bestArea: null };
  const chance = passed / weight;
  return {
    points,
    area: area / weight,
    chanceArea: chance,
    bestArea: chance === 0 ? 0 : chance * (1 - Math.log(chance)),
  };
}
