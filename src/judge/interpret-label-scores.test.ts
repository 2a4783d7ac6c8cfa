import { describe, expect, it } from 'vitest';
import { interpretLabelScores } from './interpret-label-scores.ts';

const labels = [{ correct: false }, { correct: true }];

function interpret(zero: number, one: number) {
  return interpretLabelScores({ probabilities: [zero, one] }, labels);
}

describe('interpretLabelScores', () => {
  it('reads the vector: logits {0: -1, 1: 2, u: 0.5, v: 1.9} give q = 0.952574, full = 0.459189', () => {
    const weights = [-1, 2, 0.5, 1.9].map(Math.exp);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const [zero = 0, one = 0] = weights.map((weight) => weight / total);
    expect(one).toBeCloseTo(0.459189, 6);
    const verdict = interpret(zero, one);
    expect(verdict.probabilityCorrect).toBeCloseTo(0.952574, 6);
    expect(verdict.confidence).toBeCloseTo(0.459189, 6);
    // Its mass is below one half.
    expect(verdict.label).toBeNull();
  });

  it('takes the likelier label, its full-vocabulary probability as confidence', () => {
    expect(interpret(0.2, 0.6)).toEqual({
      label: 1,
      probabilityCorrect: 0.6 / 0.8,
      confidence: 0.6,
      labelMass: 0.8,
    });
    expect(interpret(0.6, 0.2).label).toBe(0);
  });

  it('calls a tie wrong: there is no evidence for correct', () => {
    expect(interpret(0.4, 0.4)).toMatchObject({ label: 0, probabilityCorrect: 0.5 });
  });

  it('is invalid below a mass of one half, with the numbers on record', () => {
    const invalid = interpret(0.1, 0.3);
    expect(invalid).toMatchObject({ label: null, confidence: 0.3, labelMass: 0.4 });
    expect(invalid.probabilityCorrect).toBeCloseTo(0.75, 12);
    expect(interpret(0, 0)).toMatchObject({ label: null, probabilityCorrect: null });
    expect(interpret(0.25, 0.25).label).toBe(0);
    expect(interpret(Number.NaN, 0.9).label).toBeNull();
  });

  describe('with more classes than two', () => {
    const classes = [{ correct: true }, { correct: false }, { correct: false }];
    const read = (...probabilities: number[]) => interpretLabelScores({ probabilities }, classes);

    it('says correct when that class is the likeliest, even with less than one half', () => {
      expect(read(0.4, 0.3, 0.2)).toMatchObject({ label: 1, confidence: 0.4 });
      expect(read(0.4, 0.3, 0.2).probabilityCorrect).toBeCloseTo(0.4 / 0.9, 12);
      expect(read(0.4, 0.3, 0.2).labelMass).toBeCloseTo(0.9, 12);
    });

    it('says wrong when another class is likelier, or as likely', () => {
      expect(read(0.3, 0.1, 0.5)).toMatchObject({ label: 0, confidence: 0.5 });
      expect(read(0.4, 0.1, 0.4).label).toBe(0);
    });

    it('takes a class that is missing for impossible', () => {
      expect(read(0.9)).toMatchObject({ label: 1, probabilityCorrect: 1 });
    });
  });
});
