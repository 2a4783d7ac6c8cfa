import type { StudyReport } from '../../contracts/study-report.ts';

/** Digits of a digest that tell studies apart. */
const DIGITS = 12;

/** What made the numbers, in a line. */
export function studySubtitle({ made, config }: StudyReport): string {
  return `codejury ${made.codejury}, config ${made.configDigest.slice(0, DIGITS)}, seed ${config.seed}`;
}
