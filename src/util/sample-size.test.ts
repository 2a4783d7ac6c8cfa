import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleSize } from './sample-size.ts';

it('needs 223 of 528, and 385 of very many', () => {
  expect(sampleSize(528)).toBe(223);
  expect(sampleSize(1e12)).toBe(385);
  expect(sampleSize(0)).toBe(0);
  expect(sampleSize(1)).toBe(1);
  expect(sampleSize(528, 0.05, 0.99)).toBe(295);
  expect(sampleSize(528, 0.1, 0.9)).toBe(61);
});

it('never needs more than there are, nor fewer for more or for a smaller margin', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (population) => {
      const size = sampleSize(population);
      expect(size).toBeLessThanOrEqual(population);
      expect(sampleSize(population + 1)).toBeGreaterThanOrEqual(size);
      expect(sampleSize(population, 0.01)).toBeGreaterThanOrEqual(size);
    }),
  );
});

it('refuses what is no count and no margin', () => {
  expect(() => sampleSize(-1)).toThrow(RangeError);
  expect(() => sampleSize(1.5)).toThrow(RangeError);
  expect(() => sampleSize(10, 0)).toThrow(RangeError);
  expect(() => sampleSize(10, 0.05, 1)).toThrow(RangeError);
  expect(() => sampleSize(10, Number.NaN)).toThrow(RangeError);
});
