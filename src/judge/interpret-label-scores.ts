import type { Verdict } from '../contracts/verdict.ts';
import type { LabelScores } from '../lm/language-model.ts';

/** Below this mass the model was not answering the question: the verdict is invalid. */
const MINIMUM_LABEL_MASS = 0.5;

/**
 * Reads the probabilities of the labels 0 and 1 (in this order) as a verdict: label = the likelier one (a tie is 0:
 * no evidence for correct), `probabilityCorrect` = P1 / (P0 + P1), `confidence` = full-vocabulary probability of the
 * label. With a label mass below 0.5 the verdict is invalid: label, probability and confidence are null.
 *
 * @see arXiv 2602.11911, confidence of the judge
 */
export function interpretLabelScores(
  scores: LabelScores,
): Pick<Verdict, 'label' | 'probabilityCorrect' | 'confidence' | 'labelMass'> {
  const [zero = 0, one = 0] = scores.probabilities;
  if (!Number.isFinite(zero + one)) {
    return { label: null, probabilityCorrect: null, confidence: null, labelMass: null };
  }
  // Rounding may carry the sum of two probabilities over one.
  const labelMass = Math.min(1, zero + one);
  if (labelMass < MINIMUM_LABEL_MASS) {
    return { label: null, probabilityCorrect: null, confidence: null, labelMass };
  }
  return {
    label: one > zero ? 1 : 0,
    probabilityCorrect: one / (zero + one),
    confidence: Math.min(1, Math.max(zero, one)),
    labelMass,
  };
}
