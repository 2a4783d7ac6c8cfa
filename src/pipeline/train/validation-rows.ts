import { join } from 'node:path';
import { z } from 'zod';
import { readJsonRecords } from '../../io/read-json-records.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { ProbeRow } from './read-probe-rows.ts';

const FILE = 'validation-rows.jsonl';

const lineSchema = z.strictObject({
  task: z.strictObject({
    id: z.string(),
    problem: z.string().nullable(),
    language: z.string(),
    description: z.string(),
    signature: z.string(),
  }),
  code: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
});

/** Keeps in a run folder, task by task, the candidates that a head is measured on. */
export async function keepProbedRows(folder: string, rows: readonly ProbeRow[]): Promise<void> {
  const byTask = rows.toSorted((a, b) => (a.task.id < b.task.id ? -1 : a.task.id > b.task.id ? 1 : 0));
  await writeLinesAtomically(
    join(folder, FILE),
    byTask.values().map((row) => JSON.stringify(row)),
  );
}

/** What keepProbedRows kept. @throws {CodejuryError} `not-found` or `usage`, naming file and line. */
export async function readProbedRows(folder: string): Promise<readonly ProbeRow[]> {
  const rows: ProbeRow[] = [];
  const file = join(folder, FILE);
  for await (const { value, line } of readJsonRecords(file)) {
    rows.push(parseStrict(lineSchema, value, `${file}:${line}`));
  }
  return rows;
}
