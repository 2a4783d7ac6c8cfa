import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** Which judges work together. */
export function teamsTable({ teams, config }: StudyReport): ReportTable {
  const order =
    config.teams.order === null
      ? 'by kappa on validation, the best first'
      : 'in the order that the config gives';
  return buildTable(
    {
      id: 'teams',
      title: 'Teams',
      caption: `A team of K is the first K judges, ${order}. Test tasks decide nothing.`,
    },
    [
      ['team', 'team', 'text', ({ name }) => name],
      ['size', 'judges', 'count', ({ judges }) => judges.length],
      ['judges', 'names', 'text', ({ judges }) => judges.join(', ')],
    ],
    teams,
  );
}
