import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { escalationAt } from './curve-at.ts';
import { replayedHow, replayedRows, WHICH_REPLAY } from './replayed-rows.ts';

/** Shares of tasks that go to the larger model, of which the table tells. */
const SHARES = [0, 0.1, 0.25, 0.5, 1];

/** What share of answers, sent to the larger model, buys which pass@1. */
export function escalationTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'escalation',
      title: 'Asking the larger model where the team is least sure',
      caption:
        'pass@1 if the share of answers with the lowest score is replaced by answers of the larger model, and what is expected of as large a share taken at random. ' +
        `Left out: draws without an answer of the larger model. ${replayedHow(report)}`,
    },
    [
      ...WHICH_REPLAY,
      ['large', 'larger model', 'text', ({ escalation }) => escalation.large],
      ['left_out', 'left out', 'count', ({ escalation }) => escalation.leftOut],
      ['share', 'sent', 'share', ({ share }) => share],
      ['pass_at_1', 'pass@1', 'share', ({ point }) => point?.passAt1 ?? null],
      ['random_pass_at_1', 'pass@1, sent at random', 'share', ({ point }) => point?.randomPassAt1 ?? null],
      [
        'difference',
        'difference',
        'share',
        ({ point }) => (point === null ? null : point.passAt1 - point.randomPassAt1),
      ],
    ],
    replayedRows(report).flatMap((row) =>
      row.replay.escalation.flatMap((escalation) =>
        SHARES.map((share) => ({ ...row, escalation, share, point: escalationAt(escalation.points, share) })),
      ),
    ),
  );
}
