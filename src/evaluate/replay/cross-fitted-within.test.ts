import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../util/random.ts';
import { cheapestWithin } from './cheapest-within.ts';
import { crossFittedWithin } from './cross-fitted-within.ts';
import { outcomeOf } from './replay-outcome.ts';

const options = { samplesShare: 0.5, loss: 0.01, resamples: 200, seed: 1, folds: 2 };
const point = (setting: number, tasks: readonly (readonly [passed: number, samples: number])[]) => ({
  setting,
  ...outcomeOf(new Map(tasks.map(([passed, samples], i) => [`${i}`, { passed, samples, cost: samples }]))),
});

describe('crossFittedWithin', () => {
  it('gives each task what the others choose', () => {
    const full = point(Number.POSITIVE_INFINITY, [
      [1, 10],
      [1, 10],
    ]);
    // The first setting is good for one task alone, the second for the other.
    const points = [
      point(0.3, [
        [1, 2],
        [0, 3],
      ]),
      point(0.6, [
        [0, 4],
        [1, 5],
      ]),
    ];
    const { settings, difference, samplesShare } = crossFittedWithin({ full, points }, options);
    expect(settings.toSorted()).toEqual([0.3, 0.6]);
    expect(difference.value).toBe(-1);
    expect(samplesShare.value).toBe((3 + 4) / 20);
  });

  it('takes all samples where the others find nothing, or there are none', () => {
    const full = point(Number.POSITIVE_INFINITY, [
      [1, 10],
      [1, 10],
    ]);
    const points = [
      point(0.9, [
        [1, 9],
        [1, 9],
      ]),
    ];
    const kept = { difference: { value: 0 }, samplesShare: { value: 1 } };
    expect(crossFittedWithin({ full, points }, options)).toMatchObject({ ...kept, settings: [null, null] });
    const alone = { full: point(1, [[1, 10]]), points: [point(0.5, [[1, 2]])] };
    expect(crossFittedWithin(alone, options)).toMatchObject({ ...kept, settings: [null] });
    const empty = crossFittedWithin({ full: outcomeOf(new Map()), points: [] }, options);
    expect(empty).toMatchObject({ settings: [], difference: { value: null } });
  });

  it('is not misled by settings that are good by chance, as choosing and measuring on the same tasks is', () => {
    const random = seededRandom(2);
    const noise = (samples: number) =>
      Array.from({ length: 60 }, () => [random() < 0.5 ? 1 : 0, samples] as const);
    const full = point(
      Number.POSITIVE_INFINITY,
      Array.from({ length: 60 }, () => [0.5, 10] as const),
    );
    const points = Array.from({ length: 100 }, (_, i) => point(i, noise(5 - i / 1000)));
    const seen = { ...options, loss: -0.1 };
    expect(cheapestWithin({ full, points }, seen).found?.difference.value).toBeGreaterThan(0.09);
    const { settings, difference } = crossFittedWithin({ full, points }, { ...seen, folds: 5 });
    expect(settings).not.toContain(null);
    expect(difference.value).toBeLessThan(0.09);
  });
});
