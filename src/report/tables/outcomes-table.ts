import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { runCandidates } from './run-candidates.ts';

/** What the tests said of each writer's samples. */
export function outcomesTable({ writers }: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'outcomes',
      title: 'What the tests said',
      caption:
        'Exact counts of samples, and of the distinct candidates in them, with their shares of all that the writer wrote. Rejected: nothing that could be run was found, so it is no candidate.',
    },
    [
      ['writer', 'writer', 'text', ({ writer }) => writer.name],
      ['outcome', 'outcome', 'text', ({ row }) => row.outcome ?? 'rejected'],
      ['samples', 'samples', 'count', ({ row }) => row.samples],
      ['sample_share', 'of samples', 'share', ({ row, writer }) => row.samples / writer.written.samples],
      ['candidates', 'candidates', 'count', ({ row }) => (row.outcome === null ? null : row.candidates)],
      [
        'candidate_share',
        'of candidates',
        'share',
        ({ row, writer }) => (row.outcome === null ? null : row.candidates / runCandidates(writer)),
      ],
    ],
    writers.flatMap((writer) => writer.written.outcomes.map((row) => ({ writer, row }))),
  );
}
