import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { intervalsHow, measuredOn } from './caption-parts.ts';
import { comparisonTable } from './comparison-table.ts';

/** All pairs of judges. */
export function judgeComparisonsTable(report: StudyReport): ReportTable {
  return comparisonTable(
    {
      id: 'judge-comparisons',
      title: 'Judges against one another',
      outcomes: 'candidates',
      kind: 'judges',
      about: `All pairs of judges, on candidates that both gave a valid verdict about. ${measuredOn(report)} ${intervalsHow(report)}`,
    },
    report.generators.flatMap(({ name: generator, evaluation }) =>
      evaluation.judgeComparisons.map((comparison) => ({ generator, comparison })),
    ),
  );
}
