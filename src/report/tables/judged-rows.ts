import type { JudgeEvaluation } from '../../contracts/judge-evaluation.ts';
import { judgeSettingSchema } from '../../contracts/study-config.ts';
import type { StudyJudgeFacts, StudyReport } from '../../contracts/study-report.ts';
import type { Field } from './build-table.ts';

/** What is measured of a judge on the candidates of one generator. */
export interface JudgedRow {
  readonly generator: string;
  readonly facts: StudyJudgeFacts | null;
  readonly judge: JudgeEvaluation;
}

/** All judges, generator by generator; of each the zero-shot ones first, then few-shot, probe, fine-tuned, others. */
export function judgedRows({ generators, judges }: StudyReport): readonly JudgedRow[] {
  const place = ({ facts }: JudgedRow) =>
    facts === null ? Number.MAX_SAFE_INTEGER : judgeSettingSchema.options.indexOf(facts.setting);
  return generators.flatMap(({ name: generator, evaluation }) =>
    evaluation.judges
      .map(
        (judge): JudgedRow => ({
          generator,
          facts: judges.find(({ name }) => name === judge.judge) ?? null,
          judge,
        }),
      )
      .sort((a, b) => place(a) - place(b)),
  );
}

/** The columns that say which judge it is. */
export const WHICH_JUDGE: readonly Field<JudgedRow>[] = [
  ['generator', 'candidates of', 'text', ({ generator }) => generator],
  ['judge', 'judge', 'text', ({ judge }) => judge.judge],
  ['setting', 'setting', 'text', ({ facts }) => facts?.setting ?? null],
];
