import { describe, expect, it } from 'vitest';
import { outcomeOf } from './replay-outcome.ts';
import { settingsWithin } from './settings-within.ts';

const outcome = (passed: number, samples: number, cost = samples) =>
  outcomeOf(new Map([['t', { passed, samples, cost }]]));
const full = outcome(0.61, 10);
const limits = { samplesShare: 0.5, loss: 0.01 };

describe('settingsWithin', () => {
  it('takes the fewest samples within both limits, which are within', () => {
    const points = [
      { setting: 1, ...outcome(0.62, 6) },
      // 0.61 − 0.6 is more than 0.01 in binary numbers.
      { setting: 2, ...outcome(0.6, 5) },
      { setting: 3, ...outcome(0.61, 4) },
      { setting: 4, ...outcome(0.59, 2) },
    ];
    const { cheapest } = settingsWithin({ full, points }, limits);
    expect(cheapest).toEqual({ point: points[2], share: 0.4, loss: 0 });
    expect(settingsWithin({ full, points: points.slice(0, 2) }, limits).cheapest?.point).toBe(points[1]);
  });

  it('prefers higher pass@1, then lower cost, then what comes first', () => {
    const points = [
      { setting: 1, ...outcome(0.61, 4, 9) },
      { setting: 2, ...outcome(0.62, 4, 9) },
      { setting: 3, ...outcome(0.62, 4, 8) },
      { setting: 4, ...outcome(0.62, 4, 8) },
    ];
    expect(settingsWithin({ full, points }, limits).cheapest?.point.setting).toBe(3);
  });

  it('says what comes nearest where nothing is within', () => {
    const points = [
      { setting: 1, ...outcome(0.6, 8) },
      { setting: 2, ...outcome(0.61, 9) },
      { setting: 3, ...outcome(0.55, 5) },
      { setting: 4, ...outcome(0.5, 2) },
    ];
    const { cheapest, leastLoss, fewestSamples } = settingsWithin({ full, points }, limits);
    expect(cheapest).toBeNull();
    expect(leastLoss?.point.setting).toBe(3);
    expect(fewestSamples?.point.setting).toBe(1);
  });

  it('finds nothing without settings or samples', () => {
    const nothing = { cheapest: null, leastLoss: null, fewestSamples: null };
    expect(settingsWithin({ full, points: [] }, limits)).toEqual(nothing);
    const empty = outcomeOf(new Map());
    expect(settingsWithin({ full: empty, points: [{ setting: 1, ...empty }] }, limits)).toEqual(nothing);
  });
});
