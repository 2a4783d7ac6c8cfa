import type { Verdict } from '../contracts/verdict.ts';
import type { LabelScores } from '../lm/language-model.ts';

/** Below this mass the model was not answering the question: the verdict is invalid. */
const MINIMUM_LABEL_MASS = 0.5;

/**
 * Reads the probabilities of the labels, one of which is the one for correct candidates, as a verdict: label = 1 if the correct
 * one is the likeliest, else 0 (also on a tie: no evidence for correct), `probabilityCorrect` = its share of all labels,
 * `confidence` = full-vocabulary probability of the likeliest label. With a label mass below 0.5 the verdict is invalid: the
 * label is null, and the other numbers are on record but count for nothing. Without any mass they are null.
 *
 * @param labels in the order of the probabilities
 * @see arXiv 2602.11911, confidence of the judge
 */
export function interpretLabelScores(
  scores: Pick<LabelScores, 'probabilities'>,
  labels: readonly { readonly correct: boolean }[],
): Pick<Verdict, 'label' | 'probabilityCorrect' | 'confidence' | 'labelMass'> {
  const probabilities = labels.map((_label, index) => scores.probabilities[index] ?? 0);
  const mass = probabilities.reduce((sum, probability) => sum + probability, 0);
  if (!Number.isFinite(mass)) {
    return { label: null, probabilityCorrect: null, confidence: null, labelMass: null };
  }
  const correct = probabilities[labels.findIndex((label) => label.correct)] ?? 0;
  const wrong = Math.max(...probabilities.filter((_probability, index) => !labels[index]?.correct));
  return {
    label: mass < MINIMUM_LABEL_MASS ? null : correct > wrong ? 1 : 0,
    probabilityCorrect: mass > 0 ? correct / mass : null,
    confidence: Math.min(1, Math.max(correct, wrong)),
    // Rounding may carry the sum of probabilities over one.
    labelMass: Math.min(1, mass),
  };
}
