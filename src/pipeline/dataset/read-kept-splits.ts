import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { taskSchema } from '../../contracts/task.ts';
import { type Split, splits } from '../../dataset/split-tasks.ts';
import { CodejuryError } from '../../errors.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { problemKeys } from '../../util/problem-groups.ts';

const lineSchema = z.object({ split: z.enum(splits), task: taskSchema });

/**
 * In which part each problem of an earlier dataset is, by all its keys: see problemKeys.
 *
 * @throws {CodejuryError} `not-found` for a folder that is no dataset; `usage` for a problem in two parts, and naming the line.
 */
export async function readKeptSplits(folder: string): Promise<ReadonlyMap<string, Split>> {
  const file = join(folder, 'tasks.jsonl');
  if ((await stat(file).catch(() => null)) === null) {
    throw new CodejuryError('not-found', `--keep-splits: there is no dataset in ${folder}`, {
      hint: 'name the folder that `codejury dataset build` made',
    });
  }
  const kept = new Map<string, { readonly split: Split; readonly id: string }>();
  for await (const { value, line } of readJsonRecords(file)) {
    const { split, task } = parseStrict(lineSchema, value, `${file}:${line}`);
    for (const key of problemKeys(task)) {
      const known = kept.get(key) ?? { split, id: task.id };
      if (known.split !== split) {
        throw new CodejuryError(
          'usage',
          `${file}:${line}: ${task.id} is in ${split}, and ${known.id}, which is about the same, in ${known.split}`,
          {
            hint: 'a dataset whose tasks are the same in two parts measures what was learnt: build it again without --keep-splits',
          },
        );
      }
      kept.set(key, known);
    }
  }
  return new Map(kept.entries().map(([key, { split }]) => [key, split]));
}
