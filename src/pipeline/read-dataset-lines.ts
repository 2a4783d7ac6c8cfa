import { join } from 'node:path';
import { z } from 'zod';
import { feedbackSchema, outcomeSchema } from '../contracts/execution.ts';
import { taskSchema } from '../contracts/task.ts';
import { readJsonRecords } from '../io/read-json-records.ts';
import { parseStrict } from '../util/parse-strict.ts';

const taskLineSchema = z.object({ split: z.string(), task: taskSchema });

const candidateLineSchema = z.object({
  taskId: z.string(),
  split: z.string(),
  candidateId: z.string(),
  code: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  outcome: outcomeSchema.nullable().default(null),
  feedback: feedbackSchema.nullable().default(null),
  /** How many samples it is. */
  samples: z.int().positive().default(1),
});

/** A task of a dataset, and which split it is in. */
export type DatasetTaskLine = Readonly<z.infer<typeof taskLineSchema>>;

/** A labelled candidate of a dataset. */
export type DatasetCandidateLine = Readonly<z.infer<typeof candidateLineSchema>>;

/** The tasks of a dataset's folder. @throws {CodejuryError} `not-found` or `usage`, naming file and line. */
export function readDatasetTasks(folder: string): AsyncGenerator<DatasetTaskLine> {
  return readLinesOf(join(folder, 'tasks.jsonl'), taskLineSchema);
}

/** Its candidates, those of one task not always together. @throws {CodejuryError} as `readDatasetTasks`. */
export function readDatasetCandidates(folder: string): AsyncGenerator<DatasetCandidateLine> {
  return readLinesOf(join(folder, 'candidates.jsonl'), candidateLineSchema);
}

async function* readLinesOf<S extends z.ZodType>(file: string, schema: S): AsyncGenerator<z.output<S>> {
  for await (const { value, line } of readJsonRecords(file))
    yield parseStrict(schema, value, `${file}:${line}`);
}
