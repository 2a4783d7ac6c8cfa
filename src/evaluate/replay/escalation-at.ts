import type { EscalationCurve, EscalationStep } from './escalation-curve.ts';

/**
 * What it comes to when this share goes to the larger model: exact between the points of a curve, for of answers of equal score any may
 * go. Null for an empty curve.
 *
 * @param share in [0, 1]
 * @throws {RangeError} for another share.
 */
export function escalationAt({ points }: EscalationCurve, share: number): EscalationStep | null {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`expected a share from 0 to 1, received ${share}`);
  const place = points.findIndex((point) => point.share >= share);
  const above = points[place];
  if (above === undefined) return null;
  const below = points[place - 1] ?? above;
  const part = above === below ? 0 : (share - below.share) / (above.share - below.share);
  const between = (of: (step: EscalationStep) => number) => of(below) + part * (of(above) - of(below));
  return {
    share,
    passAt1: between(({ passAt1 }) => passAt1),
    cost: between(({ cost }) => cost),
    randomPassAt1: between(({ randomPassAt1 }) => randomPassAt1),
    randomCost: between(({ randomCost }) => randomCost),
  };
}
