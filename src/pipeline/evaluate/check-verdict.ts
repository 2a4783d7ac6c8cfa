import type { Verdict } from '../../contracts/verdict.ts';
import { CodejuryError } from '../../errors.ts';

/** Numbers in files may have been rounded to three digits. */
const ROUNDING = 0.002;

type Numbers = Pick<Verdict, 'label' | 'probabilityCorrect' | 'confidence' | 'labelMass'>;

/**
 * Whether a verdict says "correct" with a probability below one half, which is right where several labels mean "wrong" and share the
 * rest, as with `faults` and `rankef`.
 */
export function isCorrectBelowHalf({ label, probabilityCorrect }: Numbers): boolean {
  return label === 1 && probabilityCorrect !== null && probabilityCorrect < 0.5;
}

/**
 * Whether label and numbers can be of one answer: the label is 1 when the correct label is the likeliest. So "wrong" cannot have a
 * probability above one half, and with "correct" no label can be likelier than the correct one, whose probability over the
 * vocabulary is probabilityCorrect × labelMass.
 *
 * @param place file and line
 * @throws {CodejuryError} `usage` when they cannot: metrics of labels and of probabilities would be those of two judges.
 */
export function checkVerdict(verdict: Numbers, place: string): void {
  const { label, probabilityCorrect, confidence, labelMass } = verdict;
  if (label === null || probabilityCorrect === null) return;
  const hint =
    'the label is 1 when the correct label is the likeliest; is probabilityCorrect that of label 1? null = there is none';
  if (label === 0 && probabilityCorrect > 0.5 + ROUNDING) {
    throw new CodejuryError('usage', `${place}: label 0, but probabilityCorrect is ${probabilityCorrect}`, {
      hint,
    });
  }
  if (!isCorrectBelowHalf(verdict) || confidence === null) return;
  if (confidence > probabilityCorrect * (labelMass ?? 1) + ROUNDING) {
    throw new CodejuryError(
      'usage',
      `${place}: label 1, but probabilityCorrect is ${probabilityCorrect}, and another label has ${confidence} ("confidence")`,
      { hint },
    );
  }
}

/** For people, of verdicts of which isCorrectBelowHalf is true. */
export function belowHalfNotice(count: number): string {
  return `${count} verdicts say "correct" with a probability below 0.5: right for a judge with several labels for "wrong" (faults, rankef), wrong for any other`;
}
