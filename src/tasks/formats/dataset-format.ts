import { z } from 'zod';
import { taskSchema } from '../../contracts/task.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { TaskFormat } from './task-format.ts';

const recordSchema = z.looseObject({ task: taskSchema });

/** `tasks.jsonl` of what `codejury dataset build` writes: each task beside the split it is in. */
export const datasetFormat: TaskFormat = {
  name: 'codejury dataset',
  fields: ['split', 'task'],
  toTask: ({ value }, { place }) => parseStrict(recordSchema, value, place).task,
};
