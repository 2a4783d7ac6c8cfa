import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOutcomes, type TaskOutcomes } from './compare-outcomes.ts';
import { mcnemar } from './mcnemar.ts';

const options = { resamples: 200, permutations: 500, seed: 1, weight: 'outcome' as const };

const outcomes = fc.record({
  both: fc.nat(4),
  onlyFirst: fc.nat(4),
  onlySecond: fc.nat(4),
  neither: fc.nat(4),
});
const tasksOf = (counts: readonly TaskOutcomes[]) => new Map(counts.map((task, i) => [`task ${i}`, task]));

describe('compareOutcomes', () => {
  it('counts outcomes alike, or tasks', () => {
    const tasks = tasksOf([
      { both: 0, onlyFirst: 8, onlySecond: 0, neither: 0 },
      { both: 1, onlyFirst: 0, onlySecond: 1, neither: 0 },
      { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 },
    ]);
    const found = compareOutcomes(tasks, options);
    expect(found).toMatchObject({ tasks: 2, outcomes: 10, both: 1, onlyFirst: 8, onlySecond: 1, neither: 0 });
    expect(found.mcnemar).toEqual(mcnemar(8, 1));
    expect(found.difference.value).toBeCloseTo(0.7, 12);
    expect(compareOutcomes(tasks, { ...options, weight: 'task' }).difference.value).toBeCloseTo(0.25, 12);
  });

  it('is the other way round for the second against the first, and does not depend on the order of tasks', () => {
    fc.assert(
      fc.property(
        fc.array(outcomes, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('outcome' as const, 'task' as const),
        (counts, weight) => {
          const tasks = tasksOf(counts);
          const found = compareOutcomes(tasks, { ...options, weight });
          const swapped = tasksOf(
            counts.map((task) => ({ ...task, onlyFirst: task.onlySecond, onlySecond: task.onlyFirst })),
          );
          const other = compareOutcomes(swapped, { ...options, weight });
          const near = (value: number | null) => (value === null ? null : expect.closeTo(-value, 12));
          expect(other.difference).toEqual({
            value: near(found.difference.value),
            low: near(found.difference.high),
            high: near(found.difference.low),
          });
          expect(other.pValue).toBe(found.pValue);
          expect(other.mcnemar.pValue).toBe(found.mcnemar.pValue);
          expect(other.mcnemar.oddsRatio).toBeCloseTo(1 / found.mcnemar.oddsRatio, 10);
          expect(compareOutcomes(new Map([...tasks].reverse()), { ...options, weight })).toEqual(found);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('finds nothing where repetitions of one task alone differ', () => {
    const tasks = tasksOf([
      { both: 0, onlyFirst: 100, onlySecond: 0, neither: 0 },
      ...Array.from({ length: 20 }, () => ({ both: 10, onlyFirst: 0, onlySecond: 0, neither: 0 })),
    ]);
    const found = compareOutcomes(tasks, options);
    expect(found.mcnemar.pValue).toBeLessThan(1e-6);
    expect(found.pValue).toBe(1);
  });

  it('knows nothing without outcomes', () => {
    expect(compareOutcomes(new Map(), options)).toMatchObject({
      outcomes: 0,
      difference: { value: null, low: null, high: null },
      pValue: null,
    });
  });
});
