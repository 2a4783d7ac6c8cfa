import type { CurvePoint, ReplayedEscalation } from '../../contracts/study-replay.ts';

type EscalationPoint = ReplayedEscalation['points'][number];

/** Shares are sums of weights: the last one of a whole is 1 but for rounding. */
const ROUNDING = 1e-9;

/**
 * pass@1 of the answered if so large a share is answered, of points by ascending share. Between two points are answers of equal score, any
 * of which may be given: those that pass grow in proportion. Null above the last point, where there are no more answers, and at 0.
 */
export function abstentionAt(points: readonly CurvePoint[], share: number): number | null {
  if (share <= 0) return null;
  let before = { share: 0, passed: 0 };
  for (const point of points) {
    const passed = point.share * point.passAt1;
    if (point.share >= share - ROUNDING) {
      const part = Math.min(1, (share - before.share) / (point.share - before.share));
      return (
        (before.passed + part * (passed - before.passed)) /
        (before.share + part * (point.share - before.share))
      );
    }
    before = { share: point.share, passed };
  }
  return null;
}

/** pass@1 if so large a share goes to the larger model, of points by ascending share: on the straight line between two. Null without points. */
export function escalationAt(points: readonly EscalationPoint[], share: number): EscalationPoint | null {
  const after = points.find((point) => point.share >= share - ROUNDING);
  const before = points.findLast((point) => point.share <= share + ROUNDING);
  if (after === undefined || before === undefined) return null;
  const part = after.share === before.share ? 0 : (share - before.share) / (after.share - before.share);
  const between = (of: (point: EscalationPoint) => number) => of(before) + part * (of(after) - of(before));
  return {
    share,
    passAt1: between(({ passAt1 }) => passAt1),
    randomPassAt1: between(({ randomPassAt1 }) => randomPassAt1),
  };
}
