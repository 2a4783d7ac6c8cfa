import type { StudyReport } from '../../contracts/study-report.ts';
import { plural } from '../tables/caption-parts.ts';
import { summariseChoices, summariseStudy } from './summarise-choices.ts';
import { summariseJudges } from './summarise-judges.ts';
import { summariseOverlaps } from './summarise-overlaps.ts';
import { summariseStopping } from './summarise-stopping.ts';

/** Of few tasks nothing can be said with confidence, whatever the numbers. */
const FEW_TASKS = 30;

/** Sentences about one thing. */
export interface SummaryPart {
  /** null = about the whole study. */
  readonly title: string | null;
  readonly sentences: readonly string[];
}

/**
 * What a study came to in sentences, computed from its numbers: who agrees most with the tests, what the best team comes to beside what it has to
 * beat, with the p-values that claims rest on, and what of that chance alone could be.
 */
export function studySummary(report: StudyReport): readonly SummaryPart[] {
  const few =
    report.tasks.count < FEW_TASKS
      ? [
          `With ${plural(report.tasks.count, 'task')} this shows what a study looks like, not which judge or team is better: intervals are wide.`,
        ]
      : [];
  return [
    { title: null, sentences: [summariseStudy(report), ...summariseOverlaps(report), ...few] },
    ...report.generators.map((generator) => ({
      title: `Candidates of ${generator.name}`,
      sentences: [
        ...summariseJudges(report, generator),
        ...summariseChoices(report, generator),
        ...summariseStopping(generator),
      ],
    })),
  ].filter(({ sentences }) => sentences.length > 0);
}
