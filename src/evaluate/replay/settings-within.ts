import type { Frontier, FrontierPoint } from './replay-outcome.ts';

export interface WithinLimits {
  /** Part of the samples that may be taken; 0.5 = half of them. */
  readonly samplesShare: number;
  /** How much lower pass@1 may be; 0.01 = one point. */
  readonly loss: number;
}

/** A setting beside all samples taken. */
export interface ComparedSetting<Point extends FrontierPoint> {
  readonly point: Point;
  /** Its mean samples, divided by those of all samples taken. */
  readonly share: number;
  /** pass@1 of all samples taken minus its own. */
  readonly loss: number;
}

export interface SettingsWithin<Point extends FrontierPoint> {
  /** Of the settings within both limits that with the fewest samples. */
  readonly cheapest: ComparedSetting<Point> | null;
  /** Of those with few enough samples the one that loses least. */
  readonly leastLoss: ComparedSetting<Point> | null;
  /** Of those that lose little enough the one with the fewest samples. */
  readonly fewestSamples: ComparedSetting<Point> | null;
}

/** Means that differ by less are equal: the order of additions must not decide. */
const ROUNDING = 1e-9;

/** Of equal ones that of higher pass@1 or fewer samples, then of lower cost, then the first; null where there is none. */
export function settingsWithin<Point extends FrontierPoint>(
  { full, points }: Frontier<Point>,
  limits: WithinLimits,
): SettingsWithin<Point> {
  const bySamples = points
    .map((point) => ({
      point,
      share: (point.meanSamples ?? 0) / (full.meanSamples ?? 0),
      loss: (full.passAt1 ?? 0) - (point.passAt1 ?? 0),
    }))
    .filter(({ share }) => Number.isFinite(share))
    .sort(
      (a, b) =>
        apart(a.share, b.share) ||
        apart(a.loss, b.loss) ||
        apart(a.point.meanCost ?? 0, b.point.meanCost ?? 0),
    );
  const few = bySamples.filter(({ share }) => share <= limits.samplesShare + ROUNDING);
  const close = bySamples.filter(({ loss }) => loss <= limits.loss + ROUNDING);
  return {
    cheapest: few.find((setting) => close.includes(setting)) ?? null,
    leastLoss: few.toSorted((a, b) => apart(a.loss, b.loss))[0] ?? null,
    fewestSamples: close[0] ?? null,
  };
}

function apart(a: number, b: number): number {
  return Math.abs(a - b) < ROUNDING ? 0 : a - b;
}
