import type { EstimatedPrecision, ThresholdShare } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { intervalsHow, measuredOn } from './caption-parts.ts';
import { type JudgedRow, judgedRows, WHICH_JUDGE } from './judged-rows.ts';

type PrecisionRow = JudgedRow & { readonly row: EstimatedPrecision };

/** How often judges are right where they are at least so sure, at all thresholds and for each of their answers. */
export function precisionTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'precision-by-confidence',
      title: 'Precision by confidence',
      caption:
        'Kept are the valid verdicts with at least this confidence. Precision: share of the kept verdicts of one answer that are right. Coverage: share of the ' +
        `verdicts of one answer that are kept. Measured. ${measuredOn(report)} ${intervalsHow(report)}`,
    },
    [
      ...WHICH_JUDGE,
      ['confidence', 'confidence', 'number', ({ row }) => row.threshold],
      ['kept', 'kept', 'count', ({ row }) => row.kept],
      share('coverage', 'coverage', 'coverage'),
      ['kept_correct', 'says correct: kept', 'count', ({ row }) => row.keptCorrect],
      share('precision_correct', 'says correct: precision', 'precisionCorrect'),
      share('coverage_correct', 'says correct: coverage', 'coverageCorrect'),
      ['kept_wrong', 'says wrong: kept', 'count', ({ row }) => row.keptWrong],
      share('precision_wrong', 'says wrong: precision', 'precisionWrong'),
      share('coverage_wrong', 'says wrong: coverage', 'coverageWrong'),
    ],
    judgedRows(report).flatMap((judged) =>
      judged.judge.precisionByConfidence.map((row): PrecisionRow => ({ ...judged, row })),
    ),
  );
}

function share(key: string, title: string, of: ThresholdShare): Field<PrecisionRow> {
  return [key, title, 'share', ({ row }) => ({ value: row[of], ...row.intervals[of] })];
}
