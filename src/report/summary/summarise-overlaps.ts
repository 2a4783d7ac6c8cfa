import type { StudyReport } from '../../contracts/study-report.ts';
import { plural } from '../tables/caption-parts.ts';
import { listed } from './words.ts';

/** What is measured on the tasks that it was trained on, or chosen by: the most important thing to know, where it is so. */
export function summariseOverlaps(report: StudyReport): string[] {
  const chosen = having(report, 'validation');
  const unknown = report.overlaps.flatMap(({ name, kind, trained }) =>
    trained === null && kind !== 'team' ? [name] : [],
  );
  return [
    ...summariseTraining(report),
    ...(chosen.length === 0
      ? []
      : [
          `Of the ${plural(report.tasks.count, 'task')} some are validation tasks that ${listed(chosen)} ${chosen.length === 1 ? 'was' : 'were'} chosen and calibrated by.`,
        ]),
    ...(unknown.length === 0
      ? []
      : [`Whether ${listed(unknown)} learned from tasks of this study is not known.`]),
  ];
}

/** Who was trained on tasks of the study; nothing where nobody was, as far as that is known. */
export function summariseTraining(report: StudyReport): string[] {
  const trained = having(report, 'trained');
  return trained.length === 0
    ? []
    : [
        `Of the ${plural(report.tasks.count, 'task')} some are training tasks of ${listed(trained)}: their numbers are flattered and say nothing about new tasks.`,
      ];
}

function having({ overlaps }: StudyReport, of: 'trained' | 'validation'): string[] {
  return overlaps.flatMap((entry) => {
    const count = entry[of] ?? 0;
    return count === 0 ? [] : [`${entry.name} (${count})`];
  });
}
