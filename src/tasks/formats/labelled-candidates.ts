import { z } from 'zod';
import { parseStrict } from '../../util/parse-strict.ts';
import { entryPointOf } from '../entry-point-of.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { withoutMarkers } from './prose-of.ts';
import type { TaskFormat } from './task-format.ts';

/** Both are ids of CoderEval: 24 hex digits, of MongoDB. */
const taskId = z.string().min(1);

const candidateSchema = z.looseObject({
  task_id: taskId,
  description: z.string(),
  signature: z.string(),
  candidate: z.string(),
  passed: z.boolean().nullable(),
  project: z.string().nullish(),
  code_level: z.string().nullish(),
  unreliable_test: z.boolean().nullish(),
});

/** CoderEval's published results, one candidate a record: the task without tests, since those are in its image only. */
export const labelledCandidatesFormat: TaskFormat = {
  name: 'labelled candidates',
  fields: ['task_id', 'description', 'signature', 'candidate', 'passed'],
  repeatsTasks: true,
  toTask: ({ value }, { place }) => {
    const record = parseStrict(candidateSchema, value, place);
    const language = /^\s*(?:async\s+)?def\s/.test(record.signature) ? 'python' : 'java';
    return codereval({
      id: record.task_id,
      language,
      description: record.description,
      signature: record.signature,
      metadata: {
        project: record.project ?? null,
        level: record.code_level ?? null,
        ...(record.unreliable_test == null ? {} : { unreliableTest: record.unreliable_test }),
      },
    });
  },
};

const resultSchema = z.looseObject({
  _id: taskId,
  generate_results: z.array(z.unknown()),
  docstring: z.string().nullish(),
  method_name: z.string().nullish(),
  project_name: z.string().nullish(),
  code_level: z.string().nullish(),
});

/** CoderEval's result files (`GenerateResult…`): all candidates of a task in one record, the task without its signature. */
export const coderEvalResultsFormat: TaskFormat = {
  name: 'CoderEval results',
  fields: ['_id', 'generate_results'],
  repeatsTasks: true,
  toTask: ({ value }, { place }) => {
    const record = parseStrict(resultSchema, value, place);
    const docstring = record.docstring ?? '';
    return codereval({
      id: record._id,
      language: docstring.trimStart().startsWith('/*') ? 'java' : 'python',
      description: withoutMarkers(docstring),
      signature: record.method_name ?? '',
      metadata: { project: record.project_name ?? null, level: record.code_level ?? null },
    });
  },
};

function codereval(task: {
  readonly id: string;
  readonly language: string;
  readonly description: string;
  readonly signature: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}) {
  const signature = task.signature.replace(/\s*\{\s*$/, '').trim();
  return benchmarkTask({
    benchmark: 'codereval',
    language: task.language,
    local: task.id,
    sourceId: task.id,
    problem: `codereval/${task.id}`,
    description: task.description,
    signature,
    entryPoint: entryPointOf(task.language, signature),
    prompt: null,
    before: '',
    after: null,
    frame: null,
    canonical: null,
    licence: null,
    metadata: task.metadata,
  });
}
