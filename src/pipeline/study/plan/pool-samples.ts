import type { GivenSample } from '../../../contracts/given-sample.ts';
import type { StudyWriter } from '../../../contracts/study-config.ts';
import type { Task } from '../../../contracts/task.ts';
import { throwIfAborted } from '../../../errors.ts';
import { writeLinesAtomically } from '../../../io/write-lines-atomically.ts';
import { readSamples } from '../../../tasks/samples/read-samples.ts';
import { createTaskIndex } from '../../../tasks/task-index.ts';
import { resolveFrom } from '../../read-team.ts';
import type { StudyRun } from '../study-run.ts';

/**
 * How many samples each pool of a study has, by the name of its writer.
 *
 * @throws {CodejuryError} what reading samples throws.
 */
export async function countPools(
  study: StudyRun,
  tasks: readonly Task[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const writer of [...study.config.generators, ...study.config.largeModels]) {
    if (writer.pool === null) continue;
    let count = 0;
    for await (const _sample of samplesOf(writer, study, tasks)) count += 1;
    counts.set(writer.name, count);
  }
  return counts;
}

/**
 * Writes the samples of some tasks out of a pool to a file.
 *
 * @param chosen ids of tasks
 * @returns whether there are any
 */
export async function writePartOfPool(
  study: StudyRun,
  writer: StudyWriter,
  { tasks, chosen, file }: { tasks: readonly Task[]; chosen: ReadonlySet<string>; file: string },
): Promise<boolean> {
  const lines: string[] = [];
  for await (const sample of samplesOf(writer, study, tasks)) {
    if (!chosen.has(sample.taskId)) continue;
    const { taskId, text, form, generator, meanLogProbability = null } = sample;
    lines.push(JSON.stringify({ taskId, text, form, generator, meanLogProbability }));
  }
  await writeLinesAtomically(file, lines);
  return lines.length > 0;
}

async function* samplesOf(
  { pool }: StudyWriter,
  { folder, signal }: StudyRun,
  tasks: readonly Task[],
): AsyncGenerator<GivenSample> {
  if (pool === null) return;
  for await (const sample of readSamples([resolveFrom(folder, pool)], createTaskIndex([...tasks]))) {
    throwIfAborted(signal);
    yield sample;
  }
}
