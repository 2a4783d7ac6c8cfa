import { expect, it } from 'vitest';
import { twoSidedNormalTail } from './normal-tail.ts';

// erfc(z / √2) of scipy 1.x, which both ways of computing it must meet.
it.each([
  [0, 1],
  [0.5, 0.6170750774519739],
  [1, 0.31731050786291415],
  [1.96, 0.04999579029644087],
  [2.5, 0.012419330651552277],
  [2.8284271247461903, 0.004677734981047266],
  [3, 0.0026997960632601918],
  [5, 5.73303143758389e-7],
  [8, 1.2441921148543658e-15],
  [20, 5.5072482372126244e-89],
])('beyond %f lies %f', (z, tail) => {
  expect(Math.abs(twoSidedNormalTail(z) / tail - 1)).toBeLessThan(1e-12);
  expect(twoSidedNormalTail(-z)).toBe(twoSidedNormalTail(z));
});

it('is 0 at infinity', () => {
  expect(twoSidedNormalTail(Infinity)).toBe(0);
});
