import { describe, expect, it } from 'vitest';
import { interpretLabelScores } from './interpret-label-scores.ts';

function scores(zero: number, one: number) {
  return {
    probabilities: [zero, one],
    upperBound: [false, false],
    promptTokens: 1,
    cachedTokens: 0,
    durationMs: 1,
  };
}

describe('interpretLabelScores', () => {
  it('reads the vector: logits {0: -1, 1: 2, u: 0.5, v: 1.9} give q = 0.952574, full = 0.459189', () => {
    const weights = [-1, 2, 0.5, 1.9].map(Math.exp);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const [zero = 0, one = 0] = weights.map((weight) => weight / total);
    expect(one).toBeCloseTo(0.459189, 6);
    const verdict = interpretLabelScores(scores(zero, one));
    expect(verdict.probabilityCorrect).toBeCloseTo(0.952574, 6);
    expect(verdict.confidence).toBeCloseTo(0.459189, 6);
    // Its mass is below one half.
    expect(verdict.label).toBeNull();
  });

  it('takes the likelier label, its full-vocabulary probability as confidence', () => {
    expect(interpretLabelScores(scores(0.2, 0.6))).toEqual({
      label: 1,
      probabilityCorrect: 0.6 / 0.8,
      confidence: 0.6,
      labelMass: 0.8,
    });
    expect(interpretLabelScores(scores(0.6, 0.2)).label).toBe(0);
  });

  it('calls a tie wrong: there is no evidence for correct', () => {
    expect(interpretLabelScores(scores(0.4, 0.4))).toMatchObject({ label: 0, probabilityCorrect: 0.5 });
  });

  it('is invalid below a mass of one half, with the numbers on record', () => {
    const invalid = interpretLabelScores(scores(0.1, 0.3));
    expect(invalid).toMatchObject({ label: null, confidence: 0.3, labelMass: 0.4 });
    expect(invalid.probabilityCorrect).toBeCloseTo(0.75, 12);
    expect(interpretLabelScores(scores(0, 0))).toMatchObject({ label: null, probabilityCorrect: null });
    expect(interpretLabelScores(scores(0.25, 0.25)).label).toBe(0);
    expect(interpretLabelScores(scores(Number.NaN, 0.9)).label).toBeNull();
  });
});
