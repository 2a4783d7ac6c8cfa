import type { GivenSample } from '../../contracts/given-sample.ts';
import type { StudyWriter } from '../../contracts/study-config.ts';
import { throwIfAborted } from '../../errors.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import { createTaskIndex } from '../../tasks/task-index.ts';
import { resolveFrom } from '../read-team.ts';
import type { StudyRun } from './study-run.ts';
import { readStudyTasks, studyTasks } from './task-stage.ts';

/**
 * How many samples each pool of a study has for its tasks, by the name of its writer.
 *
 * @throws {CodejuryError} what reading tasks and samples throws.
 */
export async function countPools(study: StudyRun): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const chosen = new Set((await readStudyTasks(study)).map(({ id }) => id));
  for (const writer of [...study.config.generators, ...study.config.largeModels]) {
    if (writer.pool === null) continue;
    let count = 0;
    for await (const { taskId } of poolSamples(writer.pool, study)) count += chosen.has(taskId) ? 1 : 0;
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
  { pool }: StudyWriter & { readonly pool: string },
  study: StudyRun,
  { chosen, file }: { readonly chosen: ReadonlySet<string>; readonly file: string },
): Promise<boolean> {
  const lines: string[] = [];
  for await (const sample of poolSamples(pool, study)) {
    if (!chosen.has(sample.taskId)) continue;
    const { taskId, text, form, generator, meanLogProbability = null } = sample;
    lines.push(JSON.stringify({ taskId, text, form, generator, meanLogProbability }));
  }
  await writeLinesAtomically(file, lines);
  return lines.length > 0;
}

/** All samples of a pool, also those of tasks that the study leaves out. */
async function* poolSamples(pool: string, study: StudyRun): AsyncGenerator<GivenSample> {
  const all = await Array.fromAsync(studyTasks(study), ({ task }) => task);
  for await (const sample of readSamples([resolveFrom(study.folder, pool)], createTaskIndex(all))) {
    throwIfAborted(study.signal);
    yield sample;
  }
}
