import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { measuredOn } from './caption-parts.ts';

/** Which failures judges take for right. */
export function judgeErrorsTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'judge-errors',
      title: 'What judges say of each kind of failure',
      caption:
        'Distinct candidates that ran, by how they ended and the kind of feedback, the most frequent first, the rarest together; of those that a judge gave a valid verdict about the share that it calls correct: right for ' +
        `those that passed, mistaken for all others. Exact counts. ${measuredOn(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['judge', 'judge', 'text', ({ row }) => row.judge],
      ['outcome', 'outcome', 'text', ({ row }) => row.outcome],
      ['kind', 'feedback', 'text', ({ row }) => row.kind],
      ['candidates', 'candidates', 'count', ({ row }) => row.candidates],
      ['judged', 'verdicts', 'count', ({ row }) => row.judged],
      ['says_correct', 'says correct', 'count', ({ row }) => row.saysCorrect],
      ['share', 'share', 'share', ({ row }) => (row.judged === 0 ? null : row.saysCorrect / row.judged)],
    ],
    report.generators.flatMap(({ name: generator, evaluation }) =>
      evaluation.errors.map((row) => ({ generator, row })),
    ),
  );
}
