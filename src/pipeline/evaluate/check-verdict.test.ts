import { describe, expect, it } from 'vitest';
import { interpretLabelScores } from '../../judge/interpret-label-scores.ts';
import { checkVerdict, isCorrectBelowHalf } from './check-verdict.ts';

const verdict = (
  label: 0 | 1 | null,
  probabilityCorrect: number | null,
  confidence: number | null = null,
  labelMass: number | null = null,
) => ({ label, probabilityCorrect, confidence, labelMass });
const check = (...numbers: Parameters<typeof verdict>) => checkVerdict(verdict(...numbers), 'v:1');

describe('checkVerdict', () => {
  it('takes what judges say: of two labels and of several, invalid answers, texts', () => {
    for (const probabilities of [
      [0.6, 0.3],
      [0.3, 0.6],
      [0.3, 0.3],
      [0.4, 0.25, 0.25],
      [0.2, 0.3, 0.3],
      [0.1, 0.2],
    ]) {
      const labels = probabilities.map((_, index) => ({ correct: index === 0 }));
      checkVerdict(interpretLabelScores({ probabilities }, labels), 'v:1');
    }
    expect(isCorrectBelowHalf(verdict(1, 0.44))).toBe(true);
    check(null, 0.9);
    check(1, null);
    check(0, null, 0.9);
    check(1, 0.4444, 0.4, 0.9);
  });

  it.each([
    [0, 0.6, null, null, 'v:1: label 0, but probabilityCorrect is 0.6'],
    [1, 0.3, 0.7, null, 'v:1: label 1, but probabilityCorrect is 0.3, and another label has 0.7'],
    [1, 0.45, 0.44, 0.9, 'v:1: label 1, but probabilityCorrect is 0.45'],
  ] as const)('refuses label %i with %f', (label, probability, confidence, mass, message) => {
    expect(() => check(label, probability, confidence, mass)).toThrow(message);
  });
});
