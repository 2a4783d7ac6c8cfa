import { validScores } from '../../evaluate/measure-judge.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import type { Calibration } from './calibrate-judge.ts';

/**
 * Correct and wrong candidates that Platt scaling should be fitted on, so many of each. The standard error of its intercept is
 * at least √(1/correct + 1/wrong), with 20 of each 0.32 logits: a probability of 0.5 may then be any from 0.35 to 0.65 (95 %). It is
 * also ten of the rarer class for each of the two parameters, the usual rule for logistic models.
 */
const ENOUGH_OF_EACH = 20;

/**
 * What a user of a judge has to know of the answers it was calibrated on, in whole sentences: none of them is valid, no scaling
 * could be fitted, or it was fitted on a handful. Empty for a judge there is nothing to say about.
 */
export function calibrationWarnings(
  judge: string,
  tested: readonly TestedVerdict[],
  { platt }: Pick<Calibration, 'platt'>,
): readonly string[] {
  if (tested.length === 0) return [];
  if (tested.every(({ label }) => label === null)) {
    return [
      `${judge} gave only invalid answers to the ${tested.length} candidates of validation: it says something else than its labels, and nothing can be chosen by it; train longer or with a higher --learning-rate`,
    ];
  }
  const answers = validScores(tested);
  const correct = answers.filter(({ truth }) => truth === 1).length;
  const wrong = answers.length - correct;
  const fittedOn = `the answers about ${correct} correct and ${wrong} wrong candidates of validation`;
  if (platt === null) {
    const why =
      correct === 0 || wrong === 0
        ? 'it takes both kinds'
        : 'they are all the same, or higher for wrong candidates';
    return [
      `${judge}: no Platt scaling can be fitted on ${fittedOn} (${why}); its probabilities are not calibrated`,
    ];
  }
  if (Math.min(correct, wrong) >= ENOUGH_OF_EACH) return [];
  return [
    `${judge}: Platt scaling is fitted on ${fittedOn}; with fewer than ${ENOUGH_OF_EACH} of each, its probabilities may be off by more than 0.15: take more tasks for validation`,
  ];
}
