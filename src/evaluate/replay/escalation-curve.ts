import { answerLevels, weightOf, weightPassed } from './answer-levels.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/** What comes of it when some share of the answers is the larger model's. */
export interface EscalationStep {
  /** In [0, 1]; tasks weigh the same, of each its repetitions. */
  readonly share: number;
  readonly passAt1: number;
  /** Mean over the same; what was spent before the larger model is asked is spent. */
  readonly cost: number;
  /** Expected if as large a share, taken at random, went to the larger model. */
  readonly randomPassAt1: number;
  readonly randomCost: number;
}

export interface EscalationPoint extends EscalationStep {
  /** What answers have to score to be kept; null where no score tells the kept ones from the others, as at both ends. */
  readonly minimumScore: number | null;
}

export interface EscalationCurve {
  /** By ascending share from 0 to 1, one for each distinct score: between two of them some of equal score go, which is a straight line. */
  readonly points: readonly EscalationPoint[];
  /** The larger model without anything before it; null without draws. */
  readonly large: { readonly passAt1: number; readonly cost: number } | null;
  /** Draws of which the larger model's answer is not known: no part of the curve. */
  readonly leftOut: number;
}

/**
 * What a larger model buys if the least sure answers are its own: first of the draws without a candidate, then of those whose choice
 * has no score, then by ascending score. Empty without draws.
 *
 * @throws {RangeError} as drawsByTask.
 */
export function escalationCurve(draws: readonly ReplayedDraw[]): EscalationCurve {
  const known = draws.filter(({ large }) => large !== null);
  const leastSure = answerLevels(known).toReversed();
  const all = weightOf(leastSure.flat());
  const leftOut = draws.length - known.length;
  if (all === 0) return { points: [], large: null, leftOut };
  const small = { passed: weightPassed(leastSure.flat()), cost: 0 };
  const large = { passed: 0, cost: 0 };
  for (const { weight, cost, large: answer } of leastSure.flat()) {
    small.cost += weight * cost;
    large.passed += answer?.passed === true ? weight : 0;
    large.cost += weight * (answer?.cost ?? 0);
  }
  // What is sent so far, and what it changes.
  const sent = { weight: 0, gained: 0, cost: 0 };
  const pointAt = (minimumScore: number | null): EscalationPoint => {
    const share = sent.weight / all;
    return {
      minimumScore,
      share,
      passAt1: (small.passed + sent.gained) / all,
      cost: (small.cost + sent.cost) / all,
      randomPassAt1: (small.passed + share * (large.passed - small.passed)) / all,
      randomCost: (small.cost + share * large.cost) / all,
    };
  };
  const points = [pointAt(null)];
  for (const [place, level] of leastSure.entries()) {
    for (const { weight, answer, large: larger } of level) {
      sent.weight += weight;
      sent.gained += weight * (Number(larger?.passed === true) - Number(answer?.passed === true));
      sent.cost += weight * (larger?.cost ?? 0);
    }
    points.push(pointAt(leastSure[place + 1]?.[0]?.answer?.score ?? null));
  }
  return { points, large: { passAt1: large.passed / all, cost: large.cost / all }, leftOut };
}
