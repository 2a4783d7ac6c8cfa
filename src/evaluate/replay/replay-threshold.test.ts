import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replayThreshold, thresholdFrontier } from './replay-threshold.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/** Scores of different candidates, with "+" those that pass; null is a sample without a candidate. */
type Written = readonly (readonly [score: number | null, passed: '+' | '-'] | null)[];

const draw = (taskId: string, repetition: number, samples: Written): ReplayedDraw => ({
  ...{ taskId, repetition, large: null },
  samples: samples.map((sample, index) => ({
    cost: 1,
    candidate: sample && {
      ...{ id: `candidate ${index}`, score: sample[0], meanLogProbability: null },
      ...{ passed: sample[1] === '+', judgementCost: 1 },
    },
  })),
});

const draws = [
  draw('one', 0, [
    [0.2, '-'],
    [0.8, '+'],
    [0.9, '-'],
  ]),
  draw('one', 1, [null, [0.6, '-'], [0.5, '+']]),
  draw('two', 0, [
    [0.9, '-'],
    [0.95, '+'],
  ]),
];

describe('replayThreshold', () => {
  it('stops at the first sample that reaches the threshold', () => {
    // one: 2 samples for 4 with an answer that passes, and all 3 for 5; two: its first sample for 2.
    expect(replayThreshold(draws, 0.8)).toEqual({
      ...{ passAt1: 0.25, meanSamples: 1.75, meanCost: 3.25 },
      byTask: new Map([
        ['one', { passed: 0.5, samples: 2.5, cost: 4.5 }],
        ['two', { passed: 0, samples: 1, cost: 2 }],
      ]),
    });
  });

  it('takes all samples where none reaches it, and goes on while there is no score', () => {
    const all = { passAt1: 0.5, meanSamples: 2.5, meanCost: 4.75 };
    expect(replayThreshold(draws, 1)).toMatchObject(all);
    expect(replayThreshold(draws, Number.POSITIVE_INFINITY)).toMatchObject(all);
    expect(replayThreshold(draws, 0)).toMatchObject({ passAt1: 0, meanSamples: 1.25, meanCost: 2.25 });
    const unscored = [draw('t', 0, [[null, '+'], null, [null, '-']])];
    expect(replayThreshold(unscored, 0)).toMatchObject({ passAt1: 1, meanSamples: 3, meanCost: 5 });
  });

  it('fails draws without a candidate, and knows nothing without draws', () => {
    expect(replayThreshold([draw('t', 0, [null, null])], 0.5)).toMatchObject({ passAt1: 0, meanSamples: 2 });
    expect(replayThreshold([draw('t', 0, [])], 0.5)).toMatchObject({
      passAt1: 0,
      meanSamples: 0,
      meanCost: 0,
    });
    const nothing = { passAt1: null, meanSamples: null, meanCost: null, byTask: new Map() };
    expect(replayThreshold([], 0.5)).toEqual(nothing);
    expect(() => replayThreshold(draws, Number.NaN)).toThrow(RangeError);
  });

  it('does as written down word for word, whatever the order of the draws, and changes none of them', () => {
    const written = fc.array(
      fc.option(fc.tuple(fc.option(fc.constantFrom(0, 0.25, 0.5, 0.75, 1)), fc.constantFrom('+', '-'))),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(
        fc.array(written, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(0, 0.25, 0.5, 0.75, 1, 2),
        (given, threshold) => {
          const all = given.map((samples, i) => draw(`task ${i}`, 0, samples as Written));
          const before = structuredClone(all);
          const outcome = replayThreshold(all, threshold);
          expect(replayThreshold(all.toReversed(), threshold)).toEqual(outcome);
          expect(all).toEqual(before);
          for (const [i, samples] of given.entries()) {
            const found = samples.findIndex((own) => own !== null && own[0] !== null && own[0] >= threshold);
            const taken = found < 0 ? samples : samples.slice(0, found + 1);
            const known = taken.filter((own) => own !== null);
            const best = Math.max(...known.map(([score]) => score ?? -1));
            expect(outcome.byTask.get(`task ${i}`)).toEqual({
              passed: known.find(([score]) => (score ?? -1) === best)?.[1] === '+' ? 1 : 0,
              samples: taken.length,
              cost: taken.length + known.length,
            });
          }
        },
      ),
    );
  });
});

describe('thresholdFrontier', () => {
  it('has the outcome of each threshold in the order given, beside all samples taken', () => {
    const { full, points } = thresholdFrontier(draws, [0.8, 0]);
    expect(full).toEqual(replayThreshold(draws, Number.POSITIVE_INFINITY));
    expect(points).toEqual([
      { setting: 0.8, ...replayThreshold(draws, 0.8) },
      { setting: 0, ...replayThreshold(draws, 0) },
    ]);
    expect(thresholdFrontier([], [0.5]).points).toMatchObject([{ setting: 0.5, passAt1: null }]);
  });

  it('takes more samples at a higher threshold', () => {
    const { points } = thresholdFrontier(draws, [0, 0.3, 0.55, 0.7, 0.85, 0.92, 1]);
    const samples = points.map(({ meanSamples }) => meanSamples as number);
    expect(samples).toEqual(samples.toSorted((a, b) => a - b));
  });
});
