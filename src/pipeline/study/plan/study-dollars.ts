import { stat } from 'node:fs/promises';
import type { Task } from '../../../contracts/task.ts';
import { readProfile } from '../../read-profile.ts';
import { resolveFrom } from '../../read-team.ts';
import { modelOfJudge } from '../study-models.ts';
import type { StudyRun } from '../study-run.ts';
import {
  type DollarInputs,
  judgeDollars,
  type PricedJudge,
  type StageDollars,
  writerDollars,
} from './stage-dollars.ts';
import { type CountedWork, NO_WORK } from './stage-work.ts';

/** What dollars are computed from. Context files that are not there cost nothing here: the stage will say so. */
export async function dollarInputs(
  { config, folder }: StudyRun,
  tasks: readonly Task[],
): Promise<
  Omit<DollarInputs, 'judges'> & { readonly judges: readonly (PricedJudge & { readonly name: string })[] }
> {
  const { generators, largeModels, judges, prices } = config;
  const characters = total(tasks.map((task) => task.description.length + task.signature.length));
  const contexts = [...generators, ...largeModels].map(async ({ name, context }) => {
    const sizes = context.map(
      async (path) => (await stat(resolveFrom(folder, path)).catch(() => null))?.size ?? 0,
    );
    return [name, total(await Promise.all(sizes))] as const;
  });
  return {
    prices,
    judges: await Promise.all(
      judges.map(async (judge) => {
        const { name } = judge;
        const model = await modelOfJudge(judge, folder);
        if (judge.profile === null) return { name, model, method: judge.method ?? 'zero-shot' };
        const { profile } = await readProfile(resolveFrom(folder, judge.profile));
        return { name, model, method: profile.method };
      }),
    ),
    charactersATask: characters / Math.max(1, tasks.length),
    contextCharacters: new Map(await Promise.all(contexts)),
  };
}

/** What each stage that may ask servers costs at most, by its id. */
export async function studyDollars(
  study: StudyRun,
  tasks: readonly Task[],
  work: ReadonlyMap<string, CountedWork>,
): Promise<ReadonlyMap<string, StageDollars>> {
  const { generators, largeModels } = study.config;
  const inputs = await dollarInputs(study, tasks);
  const workOf = (id: string) => work.get(id)?.work ?? NO_WORK;
  return new Map([
    ...[...generators, ...largeModels].map((writer) => {
      const id = `samples-${writer.name}`;
      return [id, writerDollars(writer, workOf(id), 'candidates', inputs)] as const;
    }),
    ...generators.flatMap((writer) => {
      const verdicts = `verdicts-${writer.name}`;
      const choices = `choices-${writer.name}`;
      return [
        [verdicts, judgeDollars(writer, workOf(verdicts), inputs)] as const,
        [choices, writerDollars(writer, workOf(choices), 'tests', inputs)] as const,
      ];
    }),
  ]);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
