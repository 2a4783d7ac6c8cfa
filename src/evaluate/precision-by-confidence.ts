import type { PrecisionAtConfidence } from '../contracts/judge-evaluation.ts';

/** 0, .1, …, .8, then .81, .82, …, 1: 29 of them, made from whole numbers so that each is the number it is written as. */
export const CONFIDENCE_THRESHOLDS: readonly number[] = [
  ...Array.from({ length: 9 }, (_, i) => i / 10),
  ...Array.from({ length: 20 }, (_, i) => (81 + i) / 100),
];

/** Valid verdicts of one label, "correct" or "wrong", that reach one threshold of confidence but not the next. */
export interface ReachedCounts {
  readonly count: number;
  /** Those of them that are right. */
  readonly right: number;
}

/**
 * For each threshold, how good the valid verdicts are whose confidence reaches it. Verdicts without a confidence are left out,
 * also of the coverage. Empty without any verdict.
 *
 * @param all valid verdicts with a confidence that say "correct", and those that say "wrong"
 * @param reached of a threshold, by its place, and of a label; thresholds ascend
 * @see arXiv 2602.11911, precision at thresholds of confidence
 */
export function precisionByConfidence(
  all: { readonly correct: number; readonly wrong: number },
  reached: (place: number, label: 0 | 1) => ReachedCounts,
  thresholds: readonly number[] = CONFIDENCE_THRESHOLDS,
): PrecisionAtConfidence[] {
  if (all.correct + all.wrong === 0) return [];
  const kept: [Counts, Counts] = [
    { count: 0, right: 0 },
    { count: 0, right: 0 },
  ];
  const rows: PrecisionAtConfidence[] = [];
  for (let place = thresholds.length - 1; place >= 0; place--) {
    for (const label of [0, 1] as const) {
      const { count, right } = reached(place, label);
      kept[label].count += count;
      kept[label].right += right;
    }
    const [wrong, correct] = kept;
    rows.push({
      threshold: thresholds[place] as number,
      kept: correct.count + wrong.count,
      coverage: (correct.count + wrong.count) / (all.correct + all.wrong),
      precisionCorrect: ratio(correct.right, correct.count),
      precisionWrong: ratio(wrong.right, wrong.count),
      keptCorrect: correct.count,
      keptWrong: wrong.count,
      coverageCorrect: ratio(correct.count, all.correct),
      coverageWrong: ratio(wrong.count, all.wrong),
    });
  }
  return rows.reverse();
}

/** How many of the thresholds, which ascend, a confidence reaches. */
export function thresholdsReached(
  confidence: number,
  thresholds: readonly number[] = CONFIDENCE_THRESHOLDS,
): number {
  let [low, high] = [0, thresholds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (confidence >= (thresholds[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Counts = { -readonly [Key in keyof ReachedCounts]: number };

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
