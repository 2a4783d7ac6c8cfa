import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineScores } from './combine-scores.ts';

// Vectors: a / b = product / posterior at π = 0.5.
const VECTORS = [
  { scores: [0.9, 0.9], product: 0.81, posterior: 0.987805 },
  { scores: [0.99, 0.6], product: 0.594, posterior: 0.993311 },
  { scores: [0.9, 0.3], product: 0.27, posterior: 0.794118 },
];

const score = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });

describe('combineScores', () => {
  it.each(VECTORS)('$scores', ({ scores, product, posterior }) => {
    expect(combineScores(scores, 'product', 0.5)).toBeCloseTo(product, 6);
    expect(combineScores(scores, 'posterior', 0.5)).toBeCloseTo(posterior, 6);
  });

  it('takes the prior into account', () => {
    expect(combineScores([0.9, 0.9], 'posterior', 0.3)).toBeCloseTo(0.972, 3);
  });

  it('takes the mean', () => {
    expect(combineScores([0.9, 0.3], 'mean', 0.5)).toBeCloseTo(0.6, 12);
  });

  it('is the score itself with one judge, whatever the rule', () => {
    fc.assert(
      fc.property(score, (only) => {
        for (const rule of ['posterior', 'product', 'mean'] as const) {
          expect(combineScores([only], rule, 0.5)).toBeCloseTo(only, 9);
        }
      }),
    );
  });

  it('leaves missing verdicts out and is null without any', () => {
    expect(combineScores([0.9, null], 'posterior', 0.5)).toBeCloseTo(0.9, 9);
    expect(combineScores([0.9, null], 'product', 0.5)).toBeCloseTo(0.81, 9);
    expect(combineScores([null, null], 'mean', 0.5)).toBeNull();
    expect(combineScores([], 'posterior', 0.5)).toBeNull();
  });

  it('is finite and within [0, 1] for many sure judges', () => {
    for (const sure of [1e-6, 1 - 1e-6]) {
      const combined = combineScores(Array(64).fill(sure), 'posterior', 0.5);
      expect(combined).toBeGreaterThanOrEqual(0);
      expect(combined).toBeLessThanOrEqual(1);
    }
  });

  it('never falls when a judge becomes surer', () => {
    fc.assert(
      fc.property(score, score, score, (a, b, other) => {
        for (const rule of ['posterior', 'product', 'mean'] as const) {
          const low = combineScores([Math.min(a, b), other], rule, 0.5) ?? 0;
          const high = combineScores([Math.max(a, b), other], rule, 0.5) ?? 0;
          expect(high).toBeGreaterThanOrEqual(low - 1e-12);
        }
      }),
    );
  });
});
