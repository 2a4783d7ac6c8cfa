import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abstentionCurve } from './abstention-curve.ts';
import { replayThreshold } from './replay-threshold.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/** A draw of one sample; a score that is not there is a draw without a candidate. */
const draw = (taskId: string, passed: boolean, score?: number | null, repetition = 0): ReplayedDraw => ({
  ...{ taskId, repetition, large: null },
  samples: [
    {
      cost: 1,
      candidate:
        score === undefined ? null : { id: 'x', score, passed, meanLogProbability: null, judgementCost: 0 },
    },
  ],
});

describe('abstentionCurve', () => {
  it('answers at each score what is at least so sure', () => {
    const draws = [draw('a', true, 0.9), draw('b', false, 0.5), draw('c', true, 0.5), draw('d', false, null)];
    const curve = abstentionCurve([...draws, draw('e', false)]);
    expect(curve.points).toEqual([
      { minimumScore: 0.9, answered: 1, coverage: 0.2, passAt1: 1 },
      { minimumScore: 0.5, answered: 3, coverage: 0.6, passAt1: 2 / 3 },
      { minimumScore: null, answered: 4, coverage: 0.8, passAt1: 0.5 },
    ]);
    // ∫ 1 over 0..1, (1 + x/2) / (1 + x) over 0..2, 2 / (3 + x) over 0..1; of 4.
    const area = 1 + (1 + 0.5 * Math.log(3)) + 2 * Math.log(4 / 3);
    expect(curve.area).toBeCloseTo(area / 4, 12);
    expect(curve.chanceArea).toBe(0.5);
    expect(curve.bestArea).toBeCloseTo(0.5 + 0.5 * Math.log(2), 12);
  });

  it('weighs tasks the same, of each its repetitions', () => {
    const draws = [draw('a', true, 0.9, 0), draw('a', false, 0.2, 1), draw('b', false, 0.5)];
    expect(abstentionCurve(draws).points.map(({ coverage, passAt1 }) => [coverage, passAt1])).toEqual([
      [0.25, 1],
      [0.75, 1 / 3],
      [1, 0.25],
    ]);
  });

  it('is a point where all are as sure, and nothing without answers', () => {
    const same = abstentionCurve([draw('a', true, 0.5), draw('b', false, 0.5)]);
    expect(same.points).toEqual([{ minimumScore: 0.5, answered: 2, coverage: 1, passAt1: 0.5 }]);
    expect(same.area).toBe(0.5);
    const unscored = abstentionCurve([draw('a', true, null)]);
    expect(unscored.points).toEqual([{ minimumScore: null, answered: 1, coverage: 1, passAt1: 1 }]);
    expect(abstentionCurve([draw('a', false, 0.5)])).toMatchObject({ area: 0, chanceArea: 0, bestArea: 0 });
    const nothing = { points: [], area: null, chanceArea: null, bestArea: null };
    expect(abstentionCurve([])).toEqual(nothing);
    expect(abstentionCurve([draw('a', false)])).toEqual(nothing);
  });

  const answers = fc.array(fc.tuple(fc.boolean(), fc.option(fc.integer({ min: 0, max: 6 }))), {
    minLength: 1,
    maxLength: 20,
  });
  const drawsOf = (given: readonly (readonly [boolean, number | null])[]) =>
    given.map(([passed, score], i) => draw(`task ${i}`, passed, score));

  it('has the area that fine steps of coverage add up to', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { points, area, bestArea } = abstentionCurve(drawsOf(given));
        const steps = 20_000;
        let sum = 0;
        for (let i = 0; i < steps; i++) {
          const coverage = (i + 0.5) / steps;
          const place = points.findIndex((point) => point.coverage >= coverage);
          const [below, above] = [points[place - 1], points[place] as (typeof points)[number]];
          const [start, right] = [below?.coverage ?? 0, (below?.coverage ?? 0) * (below?.passAt1 ?? 0)];
          const slope = (above.coverage * above.passAt1 - right) / (above.coverage - start);
          sum += (right + slope * (coverage - start)) / coverage;
        }
        expect(area).toBeCloseTo(sum / steps, 3);
        expect(area).toBeLessThanOrEqual((bestArea as number) + 1e-12);
      }),
      { numRuns: 30 },
    );
  });

  it('ends at pass@1 of all answers, whatever the order of the draws', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const draws = drawsOf(given);
        const curve = abstentionCurve(draws);
        const whole = replayThreshold(draws, Number.POSITIVE_INFINITY);
        expect(curve.points.at(-1)?.passAt1).toBeCloseTo(whole.passAt1 as number, 12);
        expect(curve.points.at(-1)?.coverage).toBe(1);
        expect(abstentionCurve(draws.toReversed())).toEqual(curve);
      }),
    );
  });
});
