import { type DeveloperDemand, PAPER_DEMAND } from '../../contracts/cost-settings.ts';

export interface ServedQuestion extends Partial<DeveloperDemand> {
  /** Seconds from question to answer, one at a time. */
  readonly secondsPerAnswer: number;
  /** GPUs (or sets of GPUs) of which each gives answers by itself; 1 if not given. */
  readonly gpus?: number;
}

/**
 * How many developers get their answers while they write code: answers a minute over recommendations a minute and developer. Not rounded: a
 * demand is 1,150 / (16 × 60) = 1.198 a minute where the paper says 1.2, and its "at most 6" is 60 / 8.5 / 1.198 = 5.89.
 *
 * @throws {RangeError} for numbers that are not positive.
 * @see arXiv 2602.11911, discussion of capacity
 */
export function developersServed(question: ServedQuestion): number {
  const {
    secondsPerAnswer,
    gpus = 1,
    recommendationsPerWeek,
    writingHoursPerWeek,
  } = { ...PAPER_DEMAND, ...question };
  for (const value of [secondsPerAnswer, gpus, recommendationsPerWeek, writingHoursPerWeek]) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`developers served: expected positive numbers, received ${value}`);
    }
  }
  const answersPerMinute = (60 / secondsPerAnswer) * gpus;
  return answersPerMinute / (recommendationsPerWeek / (writingHoursPerWeek * 60));
}
