import { z } from 'zod';
import { parseStrict } from '../../util/parse-strict.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { proseOf } from './prose-of.ts';
import { problemOf } from './source-id.ts';
import { splitPrompt } from './split-prompt.ts';
import type { TaskFormat } from './task-format.ts';

const recordSchema = z.looseObject({
  task_id: z.string().min(1),
  prompt: z.string().min(1),
  entry_point: z.string().min(1),
  canonical_solution: z.string().nullish(),
  test: z.string(),
});

/**
 * HumanEval: the program is `prompt + completion + "\n" + test + "\n" + check(entry_point)`. Imports and helper functions of
 * the prompt are `tests.before`, header and docstring belong to the candidate. EvalPlus's files on the hub have the same
 * layout with larger tests, which need numpy; they are the benchmark `humaneval-plus`.
 */
export const humanevalFormat: TaskFormat = {
  name: 'HumanEval',
  fields: ['task_id', 'prompt', 'entry_point', 'test'],
  toTask: ({ value }, { place }) => {
    const record = parseStrict(recordSchema, value, place);
    const { before, head, signature } = splitPrompt('python', record.prompt, record.entry_point);
    const isPlus = /^def assertion\(/m.test(record.test) && /^\s+inputs = \[/m.test(record.test);
    return benchmarkTask({
      benchmark: isPlus ? 'humaneval-plus' : 'humaneval',
      language: 'python',
      local: record.task_id.replace(/^.*\//, ''),
      sourceId: record.task_id,
      problem: problemOf(record.task_id),
      description: proseOf('python', before, head),
      signature,
      entryPoint: record.entry_point,
      prompt: record.prompt,
      before,
      after: `${record.test}\ncheck(${record.entry_point})`,
      frame: { head, tail: '', closesClass: false },
      canonical: record.canonical_solution == null ? null : head + record.canonical_solution,
      licence: isPlus ? 'Apache-2.0' : 'MIT',
      ...(isPlus ? { metadata: { needs: ['numpy'] } } : {}),
    });
  },
};
