import fc from 'fast-check';
import { expect, it } from 'vitest';
import { adjustPValues } from './adjust-p-values.ts';

it('adjusts as Benjamini and Hochberg do', () => {
  expect(adjustPValues([0.01, 0.04, 0.03, 0.005, 0.55])).toEqual(
    [0.025, 0.05, 0.05, 0.025, 0.55].map((value) => expect.closeTo(value, 12)),
  );
});

it('leaves out tests that could not be made', () => {
  expect(adjustPValues([null, 0.02, null, 0.01])).toEqual([null, 0.02, null, 0.02]);
  expect(adjustPValues([])).toEqual([]);
});

it('refuses what is no p-value', () => {
  expect(() => adjustPValues([1.1])).toThrow(RangeError);
  expect(() => adjustPValues([Number.NaN])).toThrow(RangeError);
});

it('keeps the order of the p-values, makes none smaller and none over 1', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (pValues) => {
      const adjusted = adjustPValues(pValues) as number[];
      const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
      order.forEach((place, i) => {
        expect(adjusted[place]).toBeGreaterThanOrEqual(pValues[place] as number);
        expect(adjusted[place]).toBeLessThanOrEqual(1);
        const before = order[i - 1];
        if (before !== undefined) expect(adjusted[place]).toBeGreaterThanOrEqual(adjusted[before] as number);
      });
    }),
  );
});
