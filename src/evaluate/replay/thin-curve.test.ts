import fc from 'fast-check';
import { expect, it } from 'vitest';
import { thinCurve } from './thin-curve.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

it('keeps the ends and even steps between them', () => {
  expect(thinCurve(numbers(9), 3)).toEqual([0, 4, 8]);
  expect(thinCurve(numbers(9), 2)).toEqual([0, 8]);
  expect(thinCurve(numbers(9), 5)).toEqual([0, 2, 4, 6, 8]);
});

it('has as many points as asked for, each once, in their order', () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), fc.integer({ min: 2, max: 100 }), (count, most) => {
      const thinned = thinCurve(numbers(count), most);
      expect(thinned).toHaveLength(Math.min(count, most));
      expect(thinned).toEqual([...new Set(thinned)].sort((a, b) => a - b));
      if (count > 0) expect([thinned[0], thinned.at(-1)]).toEqual([0, count - 1]);
    }),
  );
});

it('refuses to lose an end', () => {
  expect(() => thinCurve([1, 2, 3], 1)).toThrow(RangeError);
});
