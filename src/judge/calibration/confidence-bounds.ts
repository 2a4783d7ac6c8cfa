import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import type { Verdict } from '../../contracts/verdict.ts';

/**
 * Smallest and largest confidence of the valid verdicts, what the score `paper` normalises with. Null without a valid verdict
 * that has a confidence. Measure them on validation with the model as it will be asked: quantisation moves them.
 *
 * @see arXiv 2602.11911, confidence of the judge
 */
export function confidenceBounds(
  verdicts: Iterable<Pick<Verdict, 'label' | 'confidence'>>,
): JudgeProfile['confidenceBounds'] {
  let [min, max] = [1, 0];
  for (const { label, confidence } of verdicts) {
    if (label === null || confidence === null) continue;
    min = Math.min(min, confidence);
    max = Math.max(max, confidence);
  }
  return min <= max ? { min, max } : null;
}
