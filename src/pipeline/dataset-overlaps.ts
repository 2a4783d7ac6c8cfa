import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { hashFile } from '../io/hash-file.ts';
import { type DescribedTask, groupProblems } from '../util/problem-groups.ts';
import { readDatasetTasks } from './read-dataset-lines.ts';

/** Ids of the tasks, of some that are asked about, that are about the same as one in a part of a dataset. */
export interface DatasetOverlap {
  readonly train: ReadonlySet<string>;
  readonly validation: ReadonlySet<string>;
}

/**
 * Which tasks a dataset has, too, for each of the datasets at hand: by the digest of its data card, which is how a judge's profile names
 * what it was trained on.
 *
 * @param places folders of datasets, files in them, or anything else, which is passed over
 * @throws {CodejuryError} as readDatasetTasks.
 */
export async function datasetOverlaps(
  places: readonly string[],
  tasks: readonly DescribedTask[],
): Promise<ReadonlyMap<string, DatasetOverlap>> {
  const overlaps = new Map<string, DatasetOverlap>();
  const folders = await Promise.all(places.map(folderOf));
  for (const folder of new Set(folders)) {
    // What is no dataset has no data card.
    const digest = await hashFile(join(folder, 'data-card.json')).catch(() => null);
    if (digest === null) continue;
    const lines = await Array.fromAsync(readDatasetTasks(folder));
    const problems = groupProblems(lines.map(({ task }) => task));
    const sharedWith = (part: string) => {
      const groups = new Set(
        lines.filter(({ split }) => split === part).map(({ task }) => problems.of.get(task.id)),
      );
      const isShared = (task: DescribedTask) => [...problems.about(task)].some((group) => groups.has(group));
      return new Set(tasks.filter(isShared).map(({ id }) => id));
    };
    overlaps.set(digest, { train: sharedWith('train'), validation: sharedWith('validation') });
  }
  return overlaps;
}

async function folderOf(place: string): Promise<string> {
  const isFolder = (await stat(place).catch(() => null))?.isDirectory() ?? false;
  return resolve(isFolder ? place : dirname(place));
}
