import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../util/random.ts';
import { drawOf, drawWithoutReplacement } from './draw-samples.ts';
import type { PoolCandidate } from './ranker.ts';

describe('drawWithoutReplacement', () => {
  it('takes distinct items, and a smaller draw is the beginning of a larger one', () => {
    const inputs = [fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.nat(30), fc.nat(40), fc.nat(40)] as const;
    fc.assert(
      fc.property(...inputs, (seed, size, a, b) => {
        const pool = Array.from({ length: size }, (_, index) => index);
        const draw = (count: number) => drawWithoutReplacement(pool, count, seededRandom(seed));
        const [small, large] = [draw(Math.min(a, b)), draw(Math.max(a, b))];
        expect(large.slice(0, small.length)).toEqual(small);
        expect(new Set(large).size).toBe(Math.min(size, Math.max(a, b)));
      }),
    );
  });

  it('gives every item the same chance in every place', () => {
    const rounds = 20_000;
    const counts = Array.from({ length: 3 }, () => [0, 0, 0, 0, 0]);
    const random = seededRandom(3);
    for (let round = 0; round < rounds; round++) {
      for (const [place, item] of drawWithoutReplacement([0, 1, 2, 3, 4], 3, random).entries()) {
        const row = counts[place];
        if (row !== undefined) row[item] = (row[item] ?? 0) + 1;
      }
    }
    // Five standard deviations.
    const bound = 5 * Math.sqrt(0.2 * 0.8 * rounds);
    for (const count of counts.flat()) expect(Math.abs(count - rounds / 5)).toBeLessThan(bound);
  });
});

it('drawOf merges samples of one candidate and counts those without one', () => {
  const candidate = (id: string): PoolCandidate => ({ id, code: id, samples: [], meanLogProbability: null });
  const [a, b] = [candidate('a'), candidate('b')];
  const { n, candidates } = drawOf([b, null, a, b], () => seededRandom(1));
  expect(n).toBe(4);
  expect(candidates).toEqual([
    { candidate: b, multiplicity: 2, firstIndex: 0 },
    { candidate: a, multiplicity: 1, firstIndex: 2 },
  ]);
});
