import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { abstentionAt } from './curve-at.ts';
import { type ReplayedRow, replayedHow, replayedRows, WHICH_REPLAY } from './replayed-rows.ts';

/** Shares of answers given that the table shows. */
const COVERAGES = [0.25, 0.5, 0.75, 1];

/** How often answers pass if those of lower score are not given. */
export function abstentionTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'abstention',
      title: 'Answering only what is sure',
      caption:
        'pass@1 of the answered if the share of highest score is answered; a dash where there are fewer answers than that. Area: mean of it over all shares that can ' +
        `be answered, beside that of scores that say nothing and that of scores that know everything. ${replayedHow(report)}`,
    },
    [
      ...WHICH_REPLAY,
      ['area', 'area', 'number', ({ replay }) => replay.abstention.area],
      ['chance_area', 'area by chance', 'number', ({ replay }) => replay.abstention.chanceArea],
      ['best_area', 'best area', 'number', ({ replay }) => replay.abstention.bestArea],
      [
        'most_answered',
        'most answered',
        'share',
        ({ replay }) => replay.abstention.points.at(-1)?.share ?? null,
      ],
      ...COVERAGES.map(
        (share): Field<ReplayedRow> => [
          `answered_${100 * share}`,
          `${100 * share} % answered`,
          'share',
          ({ replay }) => abstentionAt(replay.abstention.points, share),
        ],
      ),
    ],
    replayedRows(report),
  );
}
