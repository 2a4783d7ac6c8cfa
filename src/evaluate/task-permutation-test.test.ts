import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../util/random.ts';
import { mcnemar } from './mcnemar.ts';
import { taskPermutationTest } from './task-permutation-test.ts';

const options = { resamples: 2000, seed: 1 };

function tasksOf(values: readonly number[]): Map<string, number> {
  return new Map(values.map((value, i) => [`task ${i}`, value]));
}

describe('taskPermutationTest', () => {
  it('tries all signs where they are few', () => {
    // Of the 8 sums of ±1 ±2 ±3 two are as far from 0 as 6.
    expect(taskPermutationTest(tasksOf([1, 2, 3]), options)).toBe(0.25);
    expect(taskPermutationTest(tasksOf([1, 2, -3]), options)).toBe(1);
    expect(taskPermutationTest(tasksOf([0.1, 0, 0.2, 0, 0.3]), options)).toBe(0.25);
  });

  it('is 1 when no task differs, null without tasks', () => {
    expect(taskPermutationTest(tasksOf([0, 0]), options)).toBe(1);
    expect(taskPermutationTest(new Map(), options)).toBeNull();
  });

  it('is the exact test of McNemar when each task has one outcome', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(5), (b, c) => {
        const differences = tasksOf([...new Array(b).fill(1), ...new Array(c).fill(-1), 0]);
        expect(taskPermutationTest(differences, options)).toBeCloseTo(mcnemar(b, c).exactPValue, 12);
      }),
    );
  });

  it('draws signs where they are many, and comes near the exact value', () => {
    const random = seededRandom(2);
    const tasks = tasksOf(Array.from({ length: 14 }, () => random() - 0.3));
    const exact = taskPermutationTest(tasks, { resamples: 2 ** 14, seed: 1 }) as number;
    const drawn = taskPermutationTest(tasks, { resamples: 2 ** 14 - 1, seed: 1 }) as number;
    expect(drawn).not.toBe(exact);
    expect(Math.abs(drawn - exact)).toBeLessThan(0.015);
  });

  it('depends on the seed, not on the order of the tasks nor on which ranker is first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 20 }),
        fc.nat(),
        (values, seed) => {
          const tasks = tasksOf(values.map((value) => value / 10));
          const p = taskPermutationTest(tasks, { resamples: 60, seed });
          expect(taskPermutationTest(new Map([...tasks].reverse()), { resamples: 60, seed })).toBe(p);
          const swapped = new Map([...tasks].map(([id, value]) => [id, -value]));
          expect(taskPermutationTest(swapped, { resamples: 60, seed })).toBe(p);
          expect(p).toBeGreaterThan(0);
          expect(p).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('finds noise significant about as often as the level says, and a real difference always', () => {
    const random = seededRandom(11);
    let found = 0;
    for (let trial = 0; trial < 200; trial++) {
      const noise = tasksOf(Array.from({ length: 40 }, () => random() - 0.5));
      found += (taskPermutationTest(noise, { resamples: 200, seed: trial }) as number) < 0.05 ? 1 : 0;
    }
    expect(found / 200).toBeLessThan(0.1);
    const better = tasksOf(Array.from({ length: 40 }, () => random() - 0.1));
    expect(taskPermutationTest(better, { resamples: 999, seed: 1 })).toBeLessThanOrEqual(0.005);
  });
});
