import type { StudyTimes } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** What the stages took. Two runs of a study differ here alone. */
export function timesTable({ stages }: StudyTimes): ReportTable {
  return buildTable(
    {
      id: 'times',
      title: 'Times',
      caption:
        'Measured by the clock: of each stage the run that finished it, on the machine that it ran on, with what was on record already. Not the same in another run.',
    },
    [
      ['stage', 'stage', 'text', ({ id }) => id],
      ['what', 'what', 'text', ({ title }) => title],
      ['seconds', 'time', 'seconds', ({ seconds }) => seconds],
    ],
    stages,
  );
}
