import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { measuredOn } from './caption-parts.ts';
import { judgedRows, WHICH_JUDGE } from './judged-rows.ts';

/** What judges' probabilities are worth: of candidates with about this probability, how many are correct. */
export function reliabilityTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'reliability',
      title: 'Probability and truth',
      caption: `Candidates by the probability that the judge gives them, after the Platt scaling of its profile where it has one; empty bins left out. Measured. ${measuredOn(report)}`,
    },
    [
      ...WHICH_JUDGE,
      ['from', 'from', 'number', ({ bin }) => bin.from],
      ['to', 'to', 'number', ({ bin }) => bin.to],
      ['candidates', 'candidates', 'count', ({ bin }) => bin.count],
      ['mean_probability', 'mean probability', 'number', ({ bin }) => bin.meanProbability],
      ['share_correct', 'share correct', 'number', ({ bin }) => bin.shareCorrect],
    ],
    judgedRows(report).flatMap((row) =>
      row.judge.reliability.filter(({ count }) => count > 0).map((bin) => ({ ...row, bin })),
    ),
  );
}
