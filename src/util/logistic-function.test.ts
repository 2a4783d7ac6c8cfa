import fc from 'fast-check';
import { expect, it } from 'vitest';
import { logit, sigmoid } from './logistic-function.ts';

it('stays in [0, 1] at both ends, where e^x does not', () => {
  expect(sigmoid(0)).toBe(0.5);
  expect(sigmoid(1000)).toBe(1);
  expect(sigmoid(-1000)).toBe(0);
  expect(sigmoid(Infinity)).toBe(1);
  expect(sigmoid(-Infinity)).toBe(0);
});

it('clamps what would be infinite', () => {
  expect(logit(0)).toBeCloseTo(-13.8155, 4);
  expect(logit(1)).toBeCloseTo(13.8155, 4);
});

it('is undone by its inverse', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (probability) => {
      expect(sigmoid(logit(probability))).toBeCloseTo(probability, 12);
    }),
  );
});
