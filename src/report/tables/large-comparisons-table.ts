import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { drawnHow, intervalsHow } from './caption-parts.ts';
import { type ComparedRow, comparisonTable } from './comparison-table.ts';

/** Each team and ranker against each larger model, teams first. */
export function largeComparisonsTable(report: StudyReport): ReportTable {
  const isTeam = (name: string) => report.teams.some((team) => team.name === name);
  const place = ({ comparison }: ComparedRow) => (isTeam(comparison.first) ? 0 : 1);
  return comparisonTable(
    {
      id: 'large-comparisons',
      title: 'Teams and rankers against larger models',
      outcomes: 'draws',
      kind: 'choices',
      about:
        'What a team or ranker chooses out of a draw against one sample of the larger model, whose samples come round again where it has fewer than there are ' +
        `repetitions; the difference is of pass@1, tasks weigh the same. ${drawnHow(report)} ${intervalsHow(report)}`,
    },
    report.generators.flatMap(({ name: generator, evaluation }) =>
      evaluation.largeComparisons
        .map((comparison): ComparedRow => ({ generator, comparison }))
        .sort((a, b) => place(a) - place(b)),
    ),
  );
}
