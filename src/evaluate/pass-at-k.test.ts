import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanPassAtK, passAtK } from './pass-at-k.ts';

describe('passAtK', () => {
  it.each([
    [10, 3, 1, 0.3],
    [10, 3, 5, 0.916667],
    [5, 2, 2, 0.7],
    [200, 10, 10, 0.408548],
  ])('n %i, c %i, k %i is %f', (n, c, k, value) => {
    expect(passAtK(n, c, k)).toBeCloseTo(value, 6);
  });

  it('is 1 when fewer than k samples fail, 0 when none passes, null without k samples', () => {
    expect(passAtK(10, 6, 5)).toBe(1);
    expect(passAtK(10, 0, 10)).toBe(0);
    expect(passAtK(4, 4, 5)).toBeNull();
    expect(passAtK(0, 0, 1)).toBeNull();
  });

  it('refuses numbers that are no counts', () => {
    expect(() => passAtK(3, 4, 1)).toThrow(RangeError);
    expect(() => passAtK(3, -1, 1)).toThrow(RangeError);
    expect(() => passAtK(3, 1, 0)).toThrow(RangeError);
    expect(() => passAtK(3.5, 1, 1)).toThrow(RangeError);
  });

  it('is the share of all subsets of size k that contain a sample that passes', () => {
    const counts = fc
      .integer({ min: 1, max: 9 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n }), fc.integer({ min: 1, max: n })));
    fc.assert(
      fc.property(counts, ([n, c, k]) => {
        expect(passAtK(n, c, k)).toBeCloseTo(bruteForce(n, c, k), 9);
      }),
    );
  });
});

describe('meanPassAtK', () => {
  it('is the unweighted mean over the tasks that have enough samples', () => {
    const counts = [
      { samples: 10, passed: 3 },
      { samples: 2, passed: 2 },
      { samples: 1, passed: 0 },
    ];
    expect(meanPassAtK(counts)).toEqual([
      { k: 1, value: expect.closeTo((0.3 + 1 + 0) / 3, 9), tasks: 3 },
      { k: 2, value: expect.closeTo((passAtK(10, 3, 2) as number) / 2 + 0.5, 9), tasks: 2 },
      { k: 5, value: expect.closeTo(0.916667, 6), tasks: 1 },
      { k: 10, value: 1, tasks: 1 },
    ]);
    expect(meanPassAtK([])).toEqual([]);
  });
});

/** Counts subsets of the n samples, of which the first c pass. */
function bruteForce(n: number, c: number, k: number): number {
  let hits = 0;
  let subsets = 0;
  for (let mask = 0; mask < 2 ** n; mask++) {
    const chosen = [...Array(n).keys()].filter((index) => (mask >> index) & 1);
    if (chosen.length !== k) continue;
    subsets += 1;
    if (chosen.some((index) => index < c)) hits += 1;
  }
  return hits / subsets;
}
