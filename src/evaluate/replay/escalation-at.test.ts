import { expect, it } from 'vitest';
import { escalationAt } from './escalation-at.ts';

const step = (share: number, passAt1: number, cost: number) => ({
  ...{ minimumScore: null, share, passAt1, cost, randomPassAt1: share, randomCost: 10 * share },
});
const curve = { points: [step(0, 0.5, 1), step(0.25, 0.75, 3), step(1, 0.25, 9)], large: null, leftOut: 0 };

it('is on the curve at its points, and on the line between two', () => {
  expect([0, 0.125, 0.25, 0.625, 1].map((share) => escalationAt(curve, share))).toEqual([
    { share: 0, passAt1: 0.5, cost: 1, randomPassAt1: 0, randomCost: 0 },
    { share: 0.125, passAt1: 0.625, cost: 2, randomPassAt1: 0.125, randomCost: 1.25 },
    { share: 0.25, passAt1: 0.75, cost: 3, randomPassAt1: 0.25, randomCost: 2.5 },
    { share: 0.625, passAt1: 0.5, cost: 6, randomPassAt1: 0.625, randomCost: 6.25 },
    { share: 1, passAt1: 0.25, cost: 9, randomPassAt1: 1, randomCost: 10 },
  ]);
});

it('knows nothing of an empty curve, and refuses what is no share', () => {
  expect(escalationAt({ points: [], large: null, leftOut: 0 }, 0.5)).toBeNull();
  for (const share of [-0.1, 1.1, Number.NaN]) expect(() => escalationAt(curve, share)).toThrow(RangeError);
});
