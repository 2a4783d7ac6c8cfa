import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { taskSchema } from '../../contracts/task.ts';
import { type Split, splits } from '../../dataset/split-tasks.ts';
import { CodejuryError } from '../../errors.ts';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { problemOf } from '../../util/problem-of.ts';

const lineSchema = z.object({ split: z.enum(splits), task: taskSchema });

/**
 * In which part each problem of an earlier dataset is.
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
  const kept = new Map<string, Split>();
  for await (const { value, line } of readJsonRecords(file)) {
    const { split, task } = parseStrict(lineSchema, value, `${file}:${line}`);
    const problem = problemOf(task);
    const known = kept.get(problem) ?? split;
    if (known !== split) {
      throw new CodejuryError(
        'usage',
        `${file}:${line}: the problem ${problem} is in ${known} and in ${split}`,
        {
          hint: 'no dataset has a problem in two parts: was the file changed by hand?',
        },
      );
    }
    kept.set(problem, split);
  }
  return kept;
}
