/**
 * The score z from which on one more sample is not worth its cost: E[max(q − z, 0)] = cost, over scores q that are drawn from the
 * ones given, each as likely as the other. Exact: the left side is piecewise linear in z.
 *
 * The smallest such z is taken: at cost 0 it is the highest score. Where the cost is the mean of the scores it is 0; where it is
 * greater, mean − cost, below 0: not even the first sample is worth it. Null without scores.
 *
 * @param scores probabilities in [0, 1]; null = no candidate or no valid verdict, which is worth 0
 * @param cost of one more sample, its judgement included, in the unit of the scores: 0.01 = a sample is worth taking for a gain of
 * one point
 * @throws {RangeError} for scores that are no probabilities, or a cost that is not a finite number from 0 on.
 * @see Weitzman, Optimal Search for the Best Alternative, Econometrica 47 (1979)
 */
export function reservationValue(scores: readonly (number | null)[], cost: number): number | null {
  if (!(cost >= 0 && cost < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`expected a cost from 0 on, received ${cost}`);
  }
  const descending = Float64Array.from(scores, probabilityOf).sort().reverse();
  const spent = cost * descending.length;
  let sum = 0;
  for (const [index, score] of descending.entries()) {
    sum += score;
    const above = index + 1;
    const next = descending[above];
    // As much as is gained at z = next; from here on further scores count, too.
    if (next !== undefined && sum - above * next < spent) continue;
    // Between the two, whatever rounding says.
    return Math.max(Math.min((sum - spent) / above, score), next ?? Number.NEGATIVE_INFINITY);
  }
  return null;
}

function probabilityOf(score: number | null): number {
  if (score === null) return 0;
  if (!(score >= 0 && score <= 1)) throw new RangeError(`expected a probability, received ${score}`);
  return score;
}
