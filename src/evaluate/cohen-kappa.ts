import type { ConfusionMatrix } from '../contracts/judge-evaluation.ts';
import { matrixTotal } from './confusion-matrix.ts';

/**
 * Cohen's kappa of a judge and the tests, (po − pe) / (1 − pe), in [-1, 1]: 1 = they always agree, 0 = as often as two that
 * answer independently with the same frequencies, negative = less often. Null when nothing was judged, and when both give one
 * and the same label always (pe = 1): agreement by chance is then certain. Invalid verdicts are no part of the matrix.
 *
 * @see arXiv 2602.11911, agreement of the judges with the tests
 */
export function cohenKappa(matrix: ConfusionMatrix): number | null {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = matrix;
  const total = matrixTotal(matrix);
  const correct = truePositives + falseNegatives;
  const saidCorrect = truePositives + falsePositives;
  // In whole numbers, times total²: a chance agreement of 1 is then exactly 1.
  const chance = correct * saidCorrect + (total - correct) * (total - saidCorrect);
  if (chance === total * total) return null;
  return ((truePositives + trueNegatives) * total - chance) / (total * total - chance);
}

/** Upper ends of the bands; the first does not belong to its band, the others do. */
const BANDS = [
  [0.2, 'weak'],
  [0.4, 'fair'],
  [0.6, 'moderate'],
  [0.8, 'substantial'],
] as const;

/**
 * What a kappa is called: below .10 `chance`, to .20 `weak`, to .40 `fair`, to .60 `moderate`, to .80 `substantial`, below 1
 * `near-perfect`, 1 `perfect`.
 *
 * @see arXiv 2602.11911, interpretation of kappa
 */
export function kappaBand(kappa: number): string {
  if (kappa < 0.1) return 'chance';
  if (kappa >= 1) return 'perfect';
  return BANDS.find(([end]) => kappa <= end)?.[1] ?? 'near-perfect';
}
