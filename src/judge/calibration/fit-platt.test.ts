import { describe, expect, it } from 'vitest';
import { plattScale } from '../../util/platt-scale.ts';
import { seededRandom } from '../../util/random.ts';
import { fitPlatt, type ValidationScore } from './fit-platt.ts';

const answer = (score: number, truth: 0 | 1): ValidationScore => ({
  score,
  truth,
});

describe('fitPlatt', () => {
  it('finds the scaling that answers were drawn from', () => {
    const random = seededRandom(1);
    const answers = Array.from({ length: 20_000 }, () => {
      const q = 0.01 + 0.98 * random();
      return answer(q, random() < plattScale(q, { slope: 0.5, intercept: -1 }) ? 1 : 0);
    });
    const platt = fitPlatt(answers);
    expect(platt?.slope).toBeCloseTo(0.5, 1);
    expect(platt?.intercept).toBeCloseTo(-1, 1);
  });

  it('makes the mean probability the smoothed share of correct ones', () => {
    const answers = [0.9, 0.8, 0.7, 0.6, 0.9, 0.2].map((q, i) => answer(q, i % 2 === 0 ? 1 : 0));
    const platt = fitPlatt(answers);
    const mean = answers.reduce((sum, { score: q }) => sum + plattScale(q, platt), 0) / 6;
    // Three targets of 4 / 5 and three of 1 / 5.
    expect(mean).toBeCloseTo(0.5, 8);
  });

  it('stays finite for a judge that is always right', () => {
    const platt = fitPlatt([answer(1, 1), answer(1, 1), answer(0, 0), answer(0, 0)]);
    expect(plattScale(1, platt)).toBeCloseTo(3 / 4, 6);
    expect(plattScale(0, platt)).toBeCloseTo(1 / 4, 6);
  });

  it('is null where there is nothing to fit, and for a judge whose order would be turned round', () => {
    expect(fitPlatt([])).toBeNull();
    expect(fitPlatt([answer(0.3, 1), answer(0.9, 1)])).toBeNull();
    expect(fitPlatt([answer(0.3, 0), answer(0.9, 0)])).toBeNull();
    expect(fitPlatt([answer(0.5, 0), answer(0.5, 1)])).toBeNull();
    expect(fitPlatt([answer(0.9, 0), answer(0.1, 1), answer(0.8, 0)])).toBeNull();
  });
});

describe('plattScale', () => {
  it('leaves a probability alone without parameters', () => {
    expect(plattScale(0.123, null)).toBe(0.123);
    expect(plattScale(0.123, { slope: 1, intercept: 0 })).toBeCloseTo(0.123, 12);
  });
});
