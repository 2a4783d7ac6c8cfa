import { describe, expect, it } from 'vitest';
import { cheapestWithin } from './cheapest-within.ts';
import { outcomeOf } from './replay-outcome.ts';
import { replayThreshold, thresholdFrontier } from './replay-threshold.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

const options = { samplesShare: 0.5, loss: 0.01, resamples: 200, seed: 1 };
const point = (setting: number, tasks: readonly (readonly [passed: number, samples: number])[]) => ({
  setting,
  ...outcomeOf(new Map(tasks.map(([passed, samples], i) => [`${i}`, { passed, samples, cost: samples }]))),
});
const full = point(Number.POSITIVE_INFINITY, [
  [1, 10],
  [0, 10],
]);

describe('cheapestWithin', () => {
  it('measures what it found beside all samples taken', () => {
    const half = point(0.5, [
      [1, 4],
      [0, 4],
    ]);
    const result = cheapestWithin(
      {
        full,
        points: [
          point(0.9, [
            [1, 9],
            [0, 9],
          ]),
          half,
        ],
      },
      options,
    );
    expect(result).toEqual({
      found: {
        point: half,
        samplesShare: { value: 0.4, low: 0.4, high: 0.4 },
        difference: { value: 0, low: 0, high: 0 },
      },
      missedByLoss: null,
      missedBySamples: null,
    });
  });

  it('says by how much it missed', () => {
    const points = [
      point(0.9, [
        [1, 8],
        [0, 8],
      ]),
      point(0.5, [
        [0.5, 4],
        [0, 4],
      ]),
    ];
    const { found, missedByLoss, missedBySamples } = cheapestWithin({ full, points }, options);
    expect(found).toBeNull();
    expect(missedByLoss).toMatchObject({ point: { setting: 0.5 }, by: 0.24 });
    expect(missedByLoss?.difference).toMatchObject({ value: -0.25, low: -0.5, high: 0 });
    expect(missedBySamples).toMatchObject({ point: { setting: 0.9 }, difference: { value: 0 } });
    expect(missedBySamples?.by).toBeCloseTo(0.3, 12);
  });

  it('has nothing to say without settings, or without draws', () => {
    const nothing = { found: null, missedByLoss: null, missedBySamples: null };
    expect(cheapestWithin({ full, points: [] }, options)).toEqual(nothing);
    expect(cheapestWithin(thresholdFrontier([], [0.5]), options)).toEqual(nothing);
  });

  it('stops early where scores tell right from wrong', () => {
    const draws = Array.from({ length: 20 }, (_, task): ReplayedDraw => {
      const place = task % 4;
      const candidate = (index: number) => ({
        ...{ id: `${index}`, meanLogProbability: null, judgementCost: 1 },
        ...{ score: index === place ? 0.9 : 0.1 * index, passed: index === place },
      });
      const samples = Array.from({ length: 8 }, (_, index) => ({ candidate: candidate(index), cost: 1 }));
      return { taskId: `task ${task}`, repetition: 0, samples, large: null };
    });
    const { found } = cheapestWithin(thresholdFrontier(draws, [0, 0.15, 0.9, 1]), options);
    expect(found?.point).toEqual({ setting: 0.9, ...replayThreshold(draws, 0.9) });
    expect(found?.point).toMatchObject({ passAt1: 1, meanSamples: 2.5 });
  });
});
