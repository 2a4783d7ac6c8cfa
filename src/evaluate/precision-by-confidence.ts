import type { PrecisionAtConfidence } from '../contracts/judge-evaluation.ts';
import type { TestedVerdict } from './tested-verdict.ts';

/** 0, .1, …, .8, then .81, .82, …, 1: 29 of them, made from whole numbers so that each is the number it is written as. */
export const CONFIDENCE_THRESHOLDS: readonly number[] = [
  ...Array.from({ length: 9 }, (_, i) => i / 10),
  ...Array.from({ length: 20 }, (_, i) => (81 + i) / 100),
];

/**
 * For each threshold, how good the valid verdicts are whose confidence reaches it. Verdicts without a confidence are left out,
 * also of the coverage. Empty without any verdict.
 *
 * @see arXiv 2602.11911, precision at thresholds of confidence
 */
export function precisionByConfidence(
  judged: readonly Pick<TestedVerdict, 'truth' | 'label' | 'confidence'>[],
  thresholds: readonly number[] = CONFIDENCE_THRESHOLDS,
): PrecisionAtConfidence[] {
  const usable = judged.filter(({ label, confidence }) => label !== null && confidence !== null);
  if (usable.length === 0) return [];
  return thresholds.map((threshold) => {
    const kept = usable.filter(({ confidence }) => (confidence as number) >= threshold);
    const correct = kept.filter(({ label }) => label === 1);
    const wrong = kept.filter(({ label }) => label === 0);
    return {
      threshold,
      kept: kept.length,
      coverage: kept.length / usable.length,
      keptCorrect: correct.length,
      keptWrong: wrong.length,
      precisionCorrect: shareRight(correct),
      precisionWrong: shareRight(wrong),
    };
  });
}

function shareRight(judged: readonly Pick<TestedVerdict, 'truth' | 'label'>[]): number | null {
  return judged.length === 0
    ? null
    : judged.filter(({ truth, label }) => truth === label).length / judged.length;
}
