import type { ReplayedRule, StudyReplay } from '../../contracts/study-replay.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { Field } from './build-table.ts';
import { drawnHow } from './caption-parts.ts';

/** What is replayed of a team's draws from one generator's candidates. */
export interface ReplayedRow {
  readonly generator: string;
  readonly replay: StudyReplay;
}

export function replayedRows({ generators }: StudyReport): readonly ReplayedRow[] {
  return generators.flatMap(({ name: generator, evaluation }) =>
    evaluation.replays.map((replay) => ({ generator, replay })),
  );
}

/** The columns that say of which team and how many samples. */
export const WHICH_REPLAY: readonly Field<ReplayedRow>[] = [
  ['generator', 'candidates of', 'text', ({ generator }) => generator],
  ['team', 'team', 'text', ({ replay }) => replay.team],
  ['n', 'samples a draw', 'count', ({ replay }) => replay.n],
];

/** What the kinds of rules are called, and what their setting is. */
export const RULES: Readonly<Record<ReplayedRule['kind'], string>> = {
  threshold: 'first score at least',
  reservation: 'reservation value, cost a sample',
  budget: 'samples, all judged',
};

export function replayedHow(report: StudyReport): string {
  return `Replayed from the scores of the draws: nothing was sampled or judged again. ${drawnHow(report)}`;
}
