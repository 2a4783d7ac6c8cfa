import { executedCandidateSchema } from '../../contracts/executed-candidate.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';

/** Whether each sample of a task passes, in the order of their numbers; one in which nothing was found fails. */
export type SingleAnswers = ReadonlyMap<string, readonly boolean[]>;

/**
 * Reads what `execute` wrote for a model that answers once. Tasks with a candidate that could not be executed are left out: what is
 * unknown is not a failure.
 */
export async function readSingleAnswers(path: string): Promise<SingleAnswers> {
  const byTask = new Map<string, { sample: number; passed: boolean }[]>();
  const unknown = new Set<string>();
  for await (const { value, line } of readJsonRecords(path)) {
    const { taskId, samples, outcome, rejected } = parseStrict(
      executedCandidateSchema,
      value,
      `${path}:${line}`,
    );
    if (outcome === 'sandbox-error' || (outcome === null && rejected === null)) unknown.add(taskId);
    const answers = byTask.get(taskId) ?? [];
    byTask.set(taskId, answers);
    for (const sample of samples) answers.push({ sample, passed: outcome === 'passed' });
  }
  return new Map(
    [...byTask]
      .filter(([taskId]) => !unknown.has(taskId))
      .map(([taskId, answers]) => [
        taskId,
        answers.sort((a, b) => a.sample - b.sample).map(({ passed }) => passed),
      ]),
  );
}

/** The answer that stands beside a repetition: with fewer samples than repetitions they come round again. Null = unknown. */
export function answerOf(answers: SingleAnswers, taskId: string, repetition: number): boolean | null {
  const ofTask = answers.get(taskId) ?? [];
  return ofTask[repetition % ofTask.length] ?? null;
}
