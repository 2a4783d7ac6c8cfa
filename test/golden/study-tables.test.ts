import { expect, it } from 'vitest';
import type { StudyReport } from '../../src/contracts/study-report.ts';
import { studyTables } from '../../src/report/study-tables.ts';
import { toCsv } from '../../src/report/to-csv.ts';
import { toLatex } from '../../src/report/to-latex.ts';
import { toMarkdown } from '../../src/report/to-markdown.ts';
import { studyDocument, studyTimesDocument } from '../support/study-document.ts';

/** Thresholds that are enough to see how the others look. */
const THRESHOLDS = [0, 0.9, 1];

/** One generator and three thresholds of the made-up study: all tables, few rows. */
function smallStudy(): StudyReport {
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

const tables = studyTables(smallStudy(), studyTimesDocument());

/** Written anew by `vitest run test/golden -u`. */
it.each([
  ['md', tables.map(toMarkdown).join('\n')],
  ['csv', tables.map(toCsv).join('\r\n')],
  ['tex', tables.map(toLatex).join('\n')],
])('a small study gives these bytes as %s', async (extension, text) => {
  await expect(text).toMatchFileSnapshot(`study-tables.${extension}`);
});
