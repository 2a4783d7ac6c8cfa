import type { StudyOverlap, StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { plural } from './caption-parts.ts';

/** What to know before the numbers are trusted. */
export function noticesTable({ writers, generators, overlaps, tasks }: StudyReport): ReportTable {
  const rows = [
    ...overlaps.flatMap((overlap) =>
      overlapNotices(overlap, tasks.count).map((notice) => [overlap.name, notice] as const),
    ),
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

function overlapNotices({ trained, validation }: StudyOverlap, tasks: number): string[] {
  const ofAll = (count: number) => `${count} of the ${plural(tasks, 'task')}`;
  if (trained === null || validation === null) {
    return ['whether it learned from these tasks is not known'];
  }
  return [
    ...(trained === 0 ? [] : [`trained on ${ofAll(trained)}: what is shown flatters it`]),
    ...(validation === 0
      ? []
      : [`chosen and calibrated by ${ofAll(validation)}: what is shown may flatter it a little`]),
  ];
}
