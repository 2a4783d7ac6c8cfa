import { z } from 'zod';
import { parseStrict } from '../../util/parse-strict.ts';
import { entryPointOf } from '../entry-point-of.ts';
import { benchmarkTask } from './benchmark-task.ts';
import type { TaskFormat } from './task-format.ts';

const lineNumber = z.union([
  z.int().positive(),
  z.string().regex(/^\d+$/, 'expected a line number').transform(Number),
]);

const recordSchema = z.looseObject({
  _id: z.string().min(1),
  name: z.string(),
  code: z.string().min(1),
  human_label: z.string(),
  file_content: z.string(),
  lineno: lineNumber,
  end_lineno: lineNumber,
  project: z.string().nullish(),
  level: z.string().nullish(),
});

/**
 * CoderEval Java (`RECORDS[]`): the description is the human label, the signature the first line of the code. Its tests live in
 * projects that the file does not hold, so without a checkout the task has none.
 */
export const coderEvalFormat: TaskFormat = {
  name: 'CoderEval',
  fields: ['_id', 'code', 'human_label', 'file_content', 'lineno', 'end_lineno'],
  toTask: ({ value }, { place }) => {
    const record = parseStrict(recordSchema, value, place);
    const [first = ''] = record.code.trimStart().split('\n');
    const signature = first.replace(/\s*\{\s*$/, '').trim();
    return benchmarkTask({
      benchmark: 'codereval',
      language: 'java',
      local: record._id,
      sourceId: record._id,
      problem: `codereval/${record._id}`,
      description: record.human_label,
      signature,
      entryPoint: entryPointOf('java', signature) ?? record.name,
      prompt: null,
      before: '',
      after: null,
      frame: null,
      canonical: record.code,
      licence: null,
      metadata: { project: record.project ?? null, level: record.level ?? null },
    });
  },
};
