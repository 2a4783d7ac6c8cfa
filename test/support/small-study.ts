import type { StudyReport } from '../../src/contracts/study-report.ts';
import { studyDocument } from './study-document.ts';

/** Thresholds that are enough to see how the others look. */
const THRESHOLDS = [0, 0.9, 1];

/** One generator and three thresholds of the made-up study: all tables and figures, few rows. */
export function smallStudy(): StudyReport {
  const report = studyDocument();
  return {
    ...report,
    generators: report.generators.slice(0, 1).map((generator) => ({
      ...generator,
      evaluation: {
        ...generator.evaluation,
        judges: generator.evaluation.judges.map((judge) => ({
          ...judge,
          precisionByConfidence: judge.precisionByConfidence.filter(({ threshold }) =>
            THRESHOLDS.includes(threshold),
          ),
        })),
      },
    })),
  };
}
