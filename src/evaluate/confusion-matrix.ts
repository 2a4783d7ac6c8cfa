import type { ConfusionMatrix } from '../contracts/judge-evaluation.ts';
import type { TestedVerdict } from './tested-verdict.ts';

/** Counts of the valid verdicts by truth and label; "positive" is "correct". Invalid ones are in none of the four. */
export function confusionMatrix(judged: readonly Pick<TestedVerdict, 'truth' | 'label'>[]): ConfusionMatrix {
  const count = (truth: 0 | 1, label: 0 | 1) =>
    judged.filter((candidate) => candidate.truth === truth && candidate.label === label).length;
  return {
    truePositives: count(1, 1),
    falsePositives: count(0, 1),
    falseNegatives: count(1, 0),
    trueNegatives: count(0, 0),
  };
}

/** Verdicts in the matrix. */
export function matrixTotal(matrix: ConfusionMatrix): number {
  return matrix.truePositives + matrix.falsePositives + matrix.falseNegatives + matrix.trueNegatives;
}

/** The matrix with each row, all candidates of one true class, divided by its sum; null for a class without candidates. */
export function rowShares(matrix: ConfusionMatrix) {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = matrix;
  const correct = truePositives + falseNegatives;
  const wrong = falsePositives + trueNegatives;
  return {
    truePositives: ratio(truePositives, correct),
    falseNegatives: ratio(falseNegatives, correct),
    falsePositives: ratio(falsePositives, wrong),
    trueNegatives: ratio(trueNegatives, wrong),
  };
}

/**
 * Shares in [0, 1], null where their denominator is 0: accuracy (nothing judged), precision (never said correct), recall
 * (nothing is correct), specificity (nothing is wrong), F1 (nothing is correct and nothing was called so).
 */
export function classificationRates(matrix: ConfusionMatrix) {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = matrix;
  return {
    accuracy: ratio(truePositives + trueNegatives, matrixTotal(matrix)),
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    specificity: ratio(trueNegatives, trueNegatives + falsePositives),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
  };
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
