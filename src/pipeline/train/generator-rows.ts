import { join } from 'node:path';
import { z } from 'zod';
import { readJsonRecords } from '../../io/read-json-records.ts';
import type { TextRow } from '../../train/judge-rows.ts';
import { hashSeed } from '../../util/hash.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { requireUnchanged } from './require-unchanged.ts';

const FILE = 'generator.train.jsonl';

const lineSchema = z.object({
  prompt: z.string(),
  completion: z.string(),
  taskId: z.string(),
  candidateId: z.string(),
});

/** One task in so many is kept to choose the epoch by. */
const VALIDATION_PART = 10;

/**
 * What a generator learns: solutions of training tasks. There are none of other tasks in a dataset, so a tenth of these tasks
 * (drawn with the seed, at least one of two) is kept to validate on.
 */
export async function generatorRows(
  dataset: string,
  seed: number,
): Promise<{ readonly train: readonly TextRow[]; readonly validation: readonly TextRow[] }> {
  const rows: TextRow[] = [];
  await requireUnchanged(dataset, [FILE]);
  const file = join(dataset, FILE);
  for await (const { value, line } of readJsonRecords(file)) {
    const { prompt, ...rest } = parseStrict(lineSchema, value, `${file}:${line}`);
    rows.push({ ...rest, prompt: { shared: prompt, own: '' }, label: null, ends: true });
  }
  const tasks = [...new Set(rows.map(({ taskId }) => taskId))].sort(
    (a, b) => hashSeed(seed, a) - hashSeed(seed, b),
  );
  const held = new Set(tasks.slice(0, tasks.length < 2 ? 0 : Math.ceil(tasks.length / VALIDATION_PART)));
  return {
    train: rows.filter(({ taskId }) => !held.has(taskId)),
    validation: rows.filter(({ taskId }) => held.has(taskId)),
  };
}
