import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escalationCurve } from './escalation-curve.ts';
import { replayThreshold } from './replay-threshold.ts';
import type { LargeAnswer, ReplayedDraw } from './replayed-draw.ts';

/** A draw of one sample that costs 1; a score that is not there is a draw without a candidate. */
const draw = (
  taskId: string,
  large: LargeAnswer | null,
  passed = false,
  score?: number | null,
): ReplayedDraw => ({
  ...{ taskId, repetition: 0, large },
  samples: [
    {
      cost: 1,
      candidate:
        score === undefined ? null : { id: 'x', score, passed, meanLogProbability: null, judgementCost: 0 },
    },
  ],
});
const right = { passed: true, cost: 10 };
const wrong = { passed: false, cost: 20 };

const draws = [
  draw('a', right, true, 0.9),
  draw('b', right, false, 0.4),
  draw('c', wrong, true, 0.4),
  draw('d', right),
];

describe('escalationCurve', () => {
  it('sends the least sure answers first, equal ones together', () => {
    const { points, large, leftOut } = escalationCurve(draws);
    // Small: a and c pass. Large: a, b and d do, for 10, 10, 20 and 10.
    expect(points).toEqual([
      { minimumScore: null, share: 0, passAt1: 0.5, cost: 1, randomPassAt1: 0.5, randomCost: 1 },
      { minimumScore: 0.4, share: 0.25, passAt1: 0.75, cost: 3.5, randomPassAt1: 0.5625, randomCost: 4.125 },
      { minimumScore: 0.9, share: 0.75, passAt1: 0.75, cost: 11, randomPassAt1: 0.6875, randomCost: 10.375 },
      { minimumScore: null, share: 1, passAt1: 0.75, cost: 13.5, randomPassAt1: 0.75, randomCost: 13.5 },
    ]);
    expect(large).toEqual({ passAt1: 0.75, cost: 12.5 });
    expect(leftOut).toBe(0);
  });

  it('leaves out draws of which the large answer is not known', () => {
    const curve = escalationCurve([...draws, draw('e', null, true, 1)]);
    expect(curve).toEqual({ ...escalationCurve(draws), leftOut: 1 });
  });

  it('has two ends where no answer is surer than another, and nothing without draws', () => {
    const unscored = escalationCurve([draw('a', right, false, null), draw('b', right, true, null)]);
    expect(unscored.points.map(({ share, passAt1 }) => [share, passAt1])).toEqual([
      [0, 0.5],
      [1, 1],
    ]);
    expect(escalationCurve([])).toEqual({ points: [], large: null, leftOut: 0 });
    expect(escalationCurve([draw('a', null)])).toEqual({ points: [], large: null, leftOut: 1 });
  });

  it('goes from the small team to the large model, as chance does', () => {
    const answers = fc.array(
      fc.tuple(fc.boolean(), fc.option(fc.integer({ min: 0, max: 4 })), fc.boolean(), fc.nat({ max: 9 })),
      { minLength: 1, maxLength: 15 },
    );
    fc.assert(
      fc.property(answers, (given) => {
        const all = given.map(([passed, score, largePassed, cost], i) =>
          draw(`task ${i}`, { passed: largePassed, cost }, passed, score),
        );
        const { points, large } = escalationCurve(all);
        const [first, last] = [points[0], points.at(-1)];
        const small = replayThreshold(all, Number.POSITIVE_INFINITY);
        expect(first?.share).toBe(0);
        expect(first?.passAt1).toBeCloseTo(small.passAt1 as number, 12);
        expect(first?.cost).toBeCloseTo(small.meanCost as number, 12);
        expect(last?.share).toBe(1);
        expect(last?.passAt1).toBe(large?.passAt1);
        expect(last?.cost).toBeCloseTo((small.meanCost as number) + (large?.cost as number), 12);
        for (const end of [first, last]) {
          expect(end?.randomPassAt1).toBeCloseTo(end?.passAt1 as number, 12);
          expect(end?.randomCost).toBeCloseTo(end?.cost as number, 12);
        }
        expect(escalationCurve(all.toReversed())).toEqual(escalationCurve(all));
        for (const { share, minimumScore, passAt1 } of points.slice(1, -1)) {
          const kept = (score: number | null) =>
            score !== null && minimumScore !== null && score >= minimumScore;
          const passes = given.map(([passed, score, largePassed]) => (kept(score) ? passed : largePassed));
          expect(passAt1).toBeCloseTo(passes.filter(Boolean).length / all.length, 12);
          expect(share).toBeCloseTo(given.filter(([, score]) => !kept(score)).length / all.length, 12);
        }
      }),
    );
  });
});
