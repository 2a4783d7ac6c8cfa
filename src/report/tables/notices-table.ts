import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** What to know before the numbers are trusted. */
export function noticesTable({ writers, generators }: StudyReport): ReportTable {
  const rows = [
    ...writers.flatMap(({ name, written }) => [
      ...written.notices.map((notice) => [`candidates of ${name}`, notice] as const),
      ...written.failedReferences.map(
        (task) => [`candidates of ${name}`, `${task}: its own solution does not pass its tests`] as const,
      ),
    ]),
    ...generators.flatMap(({ name, choices, evaluation }) => [
      ...choices.notices.map((notice) => [`choices among those of ${name}`, notice] as const),
      ...evaluation.notices.map((notice) => [`statistics of ${name}`, notice] as const),
    ]),
  ];
  return buildTable(
    { id: 'notices', title: 'Notices', caption: 'What the stages of the study had to say.' },
    [
      ['about', 'about', 'text', ([about]) => about],
      ['notice', 'notice', 'text', ([, notice]) => notice],
    ],
    rows,
  );
}
