import { fitLogistic } from '../../util/fit-logistic.ts';
import { logit } from '../../util/logistic-function.ts';
import type { PlattParameters } from '../../util/platt-scale.ts';

/** What a judge says for a candidate of validation, in [0, 1], and whether it is correct. */
export interface ValidationScore {
  readonly score: number;
  readonly truth: 0 | 1;
}

/**
 * Platt scaling of a judge: slope and intercept for which sigmoid(slope · logit(q) + intercept) fits the truth best, with the
 * smoothed targets (n₁ + 1) / (n₁ + 2) and 1 / (n₀ + 2) instead of 1 and 0, so that a judge that is always right on validation
 * does not become infinitely sure. Deterministic.
 *
 * Null when it cannot be had: no answers, one class only, the same probability for all. Also null when the slope would not
 * be positive: such a judge knows nothing, and scaling would turn its order round.
 *
 * @see Platt, "Probabilistic outputs for support vector machines", Advances in Large Margin Classifiers (1999), section 2.2
 */
export function fitPlatt(answers: readonly ValidationScore[]): PlattParameters | null {
  const correct = answers.filter(({ truth }) => truth === 1).length;
  const wrong = answers.length - correct;
  const logits = Float64Array.from(answers, ({ score }) => logit(score));
  if (correct === 0 || wrong === 0 || logits.every((value) => value === logits[0])) return null;
  const smoothed = [1 / (wrong + 2), (correct + 1) / (correct + 2)] as const;
  const fit = fitLogistic(
    { features: logits, columns: 1, targets: answers.map(({ truth }) => smoothed[truth]), weights: null },
    { l2: 0 },
  );
  const slope = fit?.coefficients[0] ?? 0;
  return fit?.converged && slope > 0 ? { slope, intercept: fit.intercept } : null;
}
