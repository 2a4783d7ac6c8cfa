import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Task } from '../../contracts/task.ts';
import { feedbackText } from '../../dataset/feedback-text.ts';
import { CodejuryError } from '../../errors.ts';
import { hashFile } from '../../io/hash-file.ts';
import type { RowCandidate } from '../../train/judge-rows.ts';
import { readDatasetCandidates, readDatasetTasks } from '../read-dataset-lines.ts';
import { requireUnchanged } from './require-unchanged.ts';

export type DatasetCandidate = RowCandidate & { readonly taskId: string };

/** What a dataset folder holds for training; never anything of its test tasks. */
export interface TrainingDataset {
  readonly name: string;
  /** sha256 (hex) of the data card. */
  readonly digest: string;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly train: readonly DatasetCandidate[];
  readonly validation: readonly DatasetCandidate[];
}

/**
 * Reads a dataset that is as it was built.
 *
 * @throws {CodejuryError} `not-found` for a folder that is no dataset; `digest-mismatch` for files edited since; `usage` naming the
 *   file, line and field.
 */
export async function readDataset(path: string): Promise<TrainingDataset> {
  const folder = resolve(path);
  const card = join(folder, 'data-card.json');
  if ((await stat(card).catch(() => null)) === null) {
    throw new CodejuryError('not-found', `--dataset: there is no dataset in ${path}`, {
      hint: '`codejury dataset build` makes one',
    });
  }
  await requireUnchanged(folder, ['tasks.jsonl', 'candidates.jsonl']);
  const tasks = new Map<string, Task>();
  for await (const { split, task } of readDatasetTasks(path)) {
    if (split !== 'test') tasks.set(task.id, task);
  }
  const [train, validation]: [DatasetCandidate[], DatasetCandidate[]] = [[], []];
  for await (const { split, ...candidate } of readDatasetCandidates(path)) {
    const list = split === 'train' ? train : split === 'validation' ? validation : null;
    const { outcome, feedback, code } = candidate;
    list?.push({
      ...candidate,
      feedbackText: outcome === null ? null : feedbackText(outcome, feedback, code),
    });
  }
  return { name: basename(folder), digest: await hashFile(card), tasks, train, validation };
}
