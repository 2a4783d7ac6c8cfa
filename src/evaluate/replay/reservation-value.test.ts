import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reservationValue } from './reservation-value.ts';

const gain = (scores: readonly (number | null)[], z: number) =>
  scores.reduce<number>((sum, score) => sum + Math.max((score ?? 0) - z, 0), 0) / scores.length;

describe('reservationValue', () => {
  it('solves by hand', () => {
    // One score above z: (1 − z) / 3 = 0.1; two: (1 − z + 0.5 − z) / 3 = 0.2.
    expect(reservationValue([0.5, 0, 1], 0.1)).toBeCloseTo(0.7, 12);
    expect(reservationValue([0.5, 0, 1], 0.2)).toBeCloseTo(0.45, 12);
    // On a corner: (1 − 0.5) / 4 is exactly 0.125.
    expect(reservationValue([0.5, 0, 1, 0.5], 0.125)).toBe(0.5);
    expect(reservationValue([0.75], 0.25)).toBe(0.5);
    expect(reservationValue([null, 1], 0.25)).toBe(0.5);
  });

  it('is the highest score where samples cost nothing, and mean − cost where they cost more than they give', () => {
    expect(reservationValue([0.25, 0.75, 0.75], 0)).toBe(0.75);
    expect(reservationValue([0, 0.5, 1], 0.5)).toBe(0);
    expect(reservationValue([0.25, 0.75], 0.5)).toBe(0);
    expect(reservationValue([0.25, 0.75], 2)).toBe(-1.5);
    expect(reservationValue([null, null], 0)).toBe(0);
    expect(reservationValue([null, null], 0.5)).toBe(-0.5);
    expect(reservationValue([], 0.1)).toBeNull();
  });

  it('gains what one more sample costs, and is the smallest that does', () => {
    const scores = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(scores, fc.double({ min: 0, max: 1.5, noNaN: true }), (given, cost) => {
        const z = reservationValue(given, cost) as number;
        expect(gain(given, z)).toBeCloseTo(cost, 10);
        expect(gain(given, z - 1e-6)).toBeGreaterThan(cost);
        expect(reservationValue(given.toReversed(), cost)).toBe(z);
      }),
    );
  });

  it('falls with the cost', () => {
    const values = [0, 0.01, 0.1, 0.3, 0.6, 1].map((cost) => reservationValue([0.1, 0.2, 0.7, 0.9], cost));
    expect(values).toEqual(values.toSorted((a, b) => (b as number) - (a as number)));
  });

  it('refuses what is no probability, and costs below 0', () => {
    expect(() => reservationValue([1.5], 0.1)).toThrow('expected a probability, received 1.5');
    expect(() => reservationValue([Number.NaN], 0.1)).toThrow(RangeError);
    for (const cost of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => reservationValue([0.5], cost)).toThrow('expected a cost from 0 on');
    }
  });
});
