import type { Verdict } from '../contracts/verdict.ts';
import type { LabelScores } from '../lm/language-model.ts';

/** Below this mass the model was not answering the question: the verdict is invalid. */
const MINIMUM_LABEL_MASS = 0.5;

/**
 * Reads the probabilities of the labels 0 and 1 (in this order) as a verdict: label = the likelier one (a tie is 0:
 * no evidence for correct), `probabilityCorrect` = P1 / (P0 + P1), `confidence` = full-vocabulary probability of the
 * likelier label. With a label mass below 0.5 the verdict is invalid: the label is null, and the other numbers are on
 * record but count for nothing. Without any mass they are null.
 *
 * @see arXiv 2602.11911, confidence of the judge
 */
export function interpretLabelScores(
  scores: LabelScores,
): Pick<Verdict, 'label' | 'probabilityCorrect' | 'confidence' | 'labelMass'> {
  const [zero = 0, one = 0] = scores.probabilities;
  const mass = zero + one;
  if (!Number.isFinite(mass)) {
    return { label: null, probabilityCorrect: null, confidence: null, labelMass: null };
  }
  return {
    label: mass < MINIMUM_LABEL_MASS ? null : one > zero ? 1 : 0,
    probabilityCorrect: mass > 0 ? one / mass : null,
    confidence: Math.min(1, Math.max(zero, one)),
    // Rounding may carry the sum of two probabilities over one.
    labelMass: Math.min(1, mass),
  };
}
