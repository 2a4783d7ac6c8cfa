import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, areaWithinTasks } from './area-under-curve.ts';
import type { ScoredCandidate } from './tested-verdict.ts';

/** Few different scores: ties are the rule. */
const candidates = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 5 }).map((n) => n / 5), truth: fc.constantFrom(0, 1) }),
  { maxLength: 30 },
) as fc.Arbitrary<ScoredCandidate[]>;

describe('areaUnderCurve', () => {
  it('is 1 for a perfect order, 0 for its reverse, one half for one score', () => {
    const truths = [0, 0, 1, 1] as const;
    const area = (scores: number[]) =>
      areaUnderCurve(truths.map((truth, i) => ({ truth, score: scores[i] as number })));
    expect(area([0.1, 0.2, 0.3, 0.4])).toBe(1);
    expect(area([0.4, 0.3, 0.2, 0.1])).toBe(0);
    expect(area([0.5, 0.5, 0.5, 0.5])).toBe(0.5);
    expect(area([0.1, 0.5, 0.5, 0.9])).toBe(0.875);
  });

  it('is null without both classes', () => {
    expect(areaUnderCurve([])).toBeNull();
    expect(areaUnderCurve([{ truth: 1, score: 0.3 }])).toBeNull();
    expect(areaUnderCurve([{ truth: 0, score: 0.3 }])).toBeNull();
  });

  it('is the share of pairs in the right order, whatever the order of the candidates', () => {
    fc.assert(
      fc.property(candidates, (given) => {
        const area = areaUnderCurve(given);
        const expected = bruteForce(given);
        if (expected === null) expect(area).toBeNull();
        else expect(area).toBeCloseTo(expected, 12);
        expect(areaUnderCurve(given.toReversed())).toBe(area);
      }),
    );
  });
});

describe('areaWithinTasks', () => {
  it('is the unweighted mean over the tasks that have both labels', () => {
    const of = (taskId: string, truth: 0 | 1, score: number) => ({ taskId, truth, score });
    const small = [of('a', 1, 0.9), of('a', 0, 0.1)];
    const large = [of('b', 1, 0.2), of('b', 0, 0.5), of('b', 0, 0.6), of('b', 0, 0.1)];
    const one = [of('c', 0, 0.99), of('c', 0, 0.98)];
    expect(areaWithinTasks([...small, ...large, ...one])).toBeCloseTo((1 + 1 / 3) / 2, 12);
    expect(areaWithinTasks(one)).toBeNull();
    expect(areaWithinTasks([])).toBeNull();
  });
});

function bruteForce(given: readonly ScoredCandidate[]): number | null {
  const pairs = given
    .filter(({ truth }) => truth === 1)
    .flatMap((right) => given.filter(({ truth }) => truth === 0).map((wrong) => right.score - wrong.score));
  const points = pairs.map((difference) => (difference > 0 ? 1 : difference === 0 ? 0.5 : 0) as number);
  return pairs.length === 0 ? null : points.reduce((sum, point) => sum + point, 0) / pairs.length;
}
