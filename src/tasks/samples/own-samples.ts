import { z } from 'zod';
import { rejectionSchema } from '../../contracts/candidate.ts';
import { outcomeSchema } from '../../contracts/execution.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import type { SampleFormat } from './sample-format.ts';

const executedSchema = z.looseObject({
  taskId: z.string(),
  code: z.string(),
  samples: z.array(z.int().nonnegative()).min(1),
  outcome: outcomeSchema.nullish(),
  rejected: rejectionSchema.nullish(),
  generator: z.string().nullish(),
});

/** What `codejury execute` writes: a distinct candidate a record, with the numbers of the samples it stands for. */
export const executedFormat: SampleFormat = {
  name: 'codejury execute',
  fields: ['taskId', 'code', 'candidateId', 'samples'],
  samplesOf: (value, tasks, place) => {
    const { taskId, code, samples, outcome, rejected, generator } = parseStrict(executedSchema, value, place);
    const id = tasks.resolve(taskId, null, place).id;
    return samples.map((index) => ({
      index,
      taskId: id,
      text: code,
      form: 'code' as const,
      generator: generator ?? null,
      // The sandbox's fault says nothing about the code.
      passed: outcome == null || outcome === 'sandbox-error' ? null : outcome === 'passed',
      rejected: rejected ?? null,
    }));
  },
};

const datasetSchema = z.looseObject({
  taskId: z.string(),
  code: z.string(),
  label: z.union([z.literal(0), z.literal(1)]),
  generator: z.string().nullish(),
});

/** `candidates.jsonl` of what `codejury dataset build` writes: a distinct candidate a record, with its label. */
export const datasetCandidateFormat: SampleFormat = {
  name: 'codejury dataset',
  fields: ['taskId', 'candidateId', 'code', 'split', 'label'],
  samplesOf: (value, tasks, place) => {
    const { taskId, code, label, generator } = parseStrict(datasetSchema, value, place);
    return [
      {
        taskId: tasks.resolve(taskId, null, place).id,
        text: code,
        form: 'code',
        generator: generator ?? null,
        passed: label === 1,
      },
    ];
  },
};

const common = {
  taskId: z.string(),
  generator: z.string().nullish(),
  passed: z.boolean().nullish(),
  meanLogProbability: z.number().max(0).nullish(),
};
const codeSchema = z.looseObject({ ...common, code: z.string() });
const textSchema = z.looseObject({
  ...common,
  text: z.string(),
  form: z.enum(['chat', 'completion', 'code']),
});

/** The project's own: a candidate as it stands. */
export const codeFormat: SampleFormat = {
  name: 'codejury code',
  fields: ['taskId', 'code'],
  samplesOf: (value, tasks, place) => {
    const { taskId, code, generator, passed, meanLogProbability } = parseStrict(codeSchema, value, place);
    return [
      {
        taskId: tasks.resolve(taskId, null, place).id,
        text: code,
        form: 'code',
        generator: generator ?? null,
        passed: passed ?? null,
        ...(meanLogProbability == null ? {} : { meanLogProbability }),
      },
    ];
  },
};

/** The project's own: a model's output, and whether it is an answer or continues the prompt. */
export const textFormat: SampleFormat = {
  name: 'codejury text',
  fields: ['taskId', 'text'],
  samplesOf: (value, tasks, place) => {
    const { taskId, text, form, generator, passed, meanLogProbability } = parseStrict(
      textSchema,
      value,
      place,
    );
    return [
      {
        taskId: tasks.resolve(taskId, null, place).id,
        text,
        form,
        generator: generator ?? null,
        passed: passed ?? null,
        ...(meanLogProbability == null ? {} : { meanLogProbability }),
      },
    ];
  },
};
