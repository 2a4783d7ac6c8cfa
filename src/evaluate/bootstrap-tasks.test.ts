import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../util/random.ts';
import { bootstrapTasks } from './bootstrap-tasks.ts';

const mean = (values: readonly number[]) => ({
  mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
});

function tasksOf(values: readonly number[]): Map<string, number> {
  return new Map(values.map((value, i) => [`task ${i}`, value]));
}

describe('bootstrapTasks', () => {
  it('is as wide as the standard error of a mean says', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 400 }, () => random());
    const { mean: estimate } = bootstrapTasks(tasksOf(values), mean, { resamples: 2000, seed: 1 });
    // Uniform numbers: a deviation of 1 / √12, so ± 1.96 / √(12 · 400).
    const width = (estimate.high as number) - (estimate.low as number);
    expect(width).toBeCloseTo((2 * 1.96) / Math.sqrt(12 * 400), 2);
    expect(estimate.low).toBeLessThan(estimate.value as number);
    expect(estimate.high).toBeGreaterThan(estimate.value as number);
  });

  it('covers the truth about as often as it says', () => {
    const random = seededRandom(5);
    let covered = 0;
    for (let trial = 0; trial < 200; trial++) {
      const values = Array.from({ length: 60 }, () => random());
      const { mean: estimate } = bootstrapTasks(tasksOf(values), mean, { resamples: 300, seed: trial });
      covered += (estimate.low as number) <= 0.5 && 0.5 <= (estimate.high as number) ? 1 : 0;
    }
    expect(covered / 200).toBeGreaterThan(0.9);
  });

  it('is the same for the same seed, in whatever order the tasks come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ max: 99, min: 0 }), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        (values, seed) => {
          const tasks = tasksOf(values);
          const options = { resamples: 50, seed };
          const estimate = bootstrapTasks(tasks, mean, options);
          expect(bootstrapTasks(new Map([...tasks].reverse()), mean, options)).toEqual(estimate);
        },
      ),
    );
    const tasks = tasksOf([1, 5, 2, 9, 4, 7, 3]);
    const [one, other] = [1, 2].map((seed) => bootstrapTasks(tasks, mean, { resamples: 50, seed }));
    expect(one).not.toEqual(other);
  });

  it('has no interval where there is nothing to draw, or the statistic is mostly unknown', () => {
    const options = { resamples: 100, seed: 1 };
    const bare = (value: number | null) => ({ mean: { value, low: null, high: null } });
    expect(bootstrapTasks(tasksOf([]), mean, options)).toEqual(bare(null));
    expect(bootstrapTasks(tasksOf([3]), mean, options)).toEqual(bare(3));
    let asked = 0;
    const rarely = () => ({ mean: asked++ % 3 === 0 ? 1 : null });
    expect(bootstrapTasks(tasksOf([1, 2]), rarely, options)).toEqual(bare(1));
  });

  it('refuses to draw nothing', () => {
    expect(() => bootstrapTasks(tasksOf([1, 2]), mean, { resamples: 0, seed: 1 })).toThrow(RangeError);
  });
});
