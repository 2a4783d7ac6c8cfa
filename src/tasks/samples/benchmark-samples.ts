import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { candidateOfProgram } from '../candidate-of-program.ts';
import type { RecordedSample, SampleFormat } from './sample-format.ts';

const common = {
  task_id: z.union([z.string(), z.int()]),
  language: z.string().nullish(),
  generator: z.string().nullish(),
  model: z.string().nullish(),
  passed: z.boolean().nullish(),
};

const completionSchema = z.looseObject({ ...common, completion: z.string() });
const generationSchema = z.looseObject({ ...common, generation: z.string() });
const solutionSchema = z.looseObject({ ...common, solution: z.string() });
const candidateSchema = z.looseObject({
  ...common,
  candidate: z.string(),
  unreliable_test: z.boolean().nullish(),
  label_conflict: z.boolean().nullish(),
});

/** HumanEval's `samples.jsonl`, MBXP's, and CodeT's: the continuation of the prompt, whatever prompt the sample was drawn with. */
export const completionFormat: SampleFormat = {
  name: 'HumanEval samples',
  fields: ['task_id', 'completion'],
  samplesOf: (value, tasks, place) => {
    const record = parseStrict(completionSchema, value, place);
    const task = tasks.resolve(String(record.task_id), record.language ?? null, place);
    return [sample(task.id, record.completion, 'completion', record)];
  },
};

/** HumanEval-X's samples: as HumanEval's, under another name. */
export const generationFormat: SampleFormat = {
  name: 'HumanEval-X samples',
  fields: ['task_id', 'generation'],
  samplesOf: (value, tasks, place) => {
    const record = parseStrict(generationSchema, value, place);
    const task = tasks.resolve(String(record.task_id), record.language ?? null, place);
    return [sample(task.id, record.generation, 'completion', record)];
  },
};

/** EvalPlus's samples: a whole program; where it begins with the task's own imports and helpers, the rest is the candidate. */
export const solutionFormat: SampleFormat = {
  name: 'EvalPlus samples',
  fields: ['task_id', 'solution'],
  samplesOf: (value, tasks, place) => {
    const record = parseStrict(solutionSchema, value, place);
    const task = tasks.resolve(String(record.task_id), record.language ?? null, place);
    const before = task.tests?.before ?? '';
    const text = record.solution.startsWith(before) ? record.solution.slice(before.length) : record.solution;
    return [sample(task.id, text, 'code', record)];
  },
};

/**
 * Labelled candidates, as the frozen results of CoderEval are kept. A label counts as none where the record itself says that its
 * test is unreliable, or that the same text had both labels.
 */
export const candidateFormat: SampleFormat = {
  name: 'labelled candidates',
  fields: ['task_id', 'candidate'],
  samplesOf: (value, tasks, place) => {
    const record = parseStrict(candidateSchema, value, place);
    const task = tasks.resolve(String(record.task_id), record.language ?? null, place);
    const isDoubtful = record.unreliable_test === true || record.label_conflict === true;
    return [sample(task.id, record.candidate, 'code', isDoubtful ? { ...record, passed: null } : record)];
  },
};

const coderEvalSchema = z.looseObject({
  _id: z.string(),
  generate_results: z.array(
    z
      .looseObject({
        generate_code: z.string().optional(),
        code: z.string().optional(),
        is_pass: z.boolean(),
      })
      .refine(({ generate_code, code }) => generate_code !== undefined || code !== undefined, {
        error: 'expected generate_code',
      }),
  ),
});

/** CoderEval's result files: all samples of a task in a record, each with its label. */
export const coderEvalSamplesFormat: SampleFormat = {
  name: 'CoderEval results',
  fields: ['_id', 'generate_results'],
  samplesOf: (value, tasks, place) => {
    const record = parseStrict(coderEvalSchema, value, place);
    const task = tasks.resolve(record._id, null, place);
    return record.generate_results.map(({ generate_code, code, is_pass }) =>
      sample(task.id, generate_code ?? code ?? '', 'code', { passed: is_pass }),
    );
  },
};

const completionsSchema = z.looseObject({
  name: z.string(),
  language: z.string(),
  completions: z.array(z.string()),
});

/** MultiPL-E's completions of one problem; its stop strings have been cut off already. */
export const multiplECompletionsFormat: SampleFormat = {
  name: 'MultiPL-E completions',
  fields: ['name', 'language', 'completions'],
  samplesOf: (value, tasks, place) => {
    const record = parseStrict(completionsSchema, value, place);
    const task = tasks.resolve(record.name, record.language, place);
    return record.completions.map((text) => sample(task.id, text, 'completion', {}));
  },
};

const resultsSchema = z.looseObject({
  name: z.string(),
  language: z.string(),
  results: z.array(z.looseObject({ program: z.string(), status: z.string(), exit_code: z.int().nullish() })),
});

/** MultiPL-E's results of one problem: whole programs and how they ended. */
export const multiplEResultsFormat: SampleFormat = {
  name: 'MultiPL-E results',
  fields: ['name', 'language', 'results'],
  samplesOf: (value, tasks, place) => {
    const record = parseStrict(resultsSchema, value, place);
    const task = tasks.resolve(record.name, record.language, place);
    return record.results.map(({ program, status }, index) => {
      const code = candidateOfProgram(task, program);
      if (code === null) {
        throw new CodejuryError(
          'usage',
          `${place}: results[${index}].program: expected a program with the tests of ${task.id}, received other tests`,
          { hint: 'are the tasks of the same version as the results?' },
        );
      }
      return sample(task.id, code, 'code', { passed: status === 'OK' });
    });
  },
};

function sample(
  taskId: string,
  text: string,
  form: RecordedSample['form'],
  record: {
    readonly generator?: string | null | undefined;
    readonly model?: string | null | undefined;
    readonly passed?: boolean | null | undefined;
  },
): RecordedSample {
  return {
    taskId,
    text,
    form,
    generator: record.generator ?? record.model ?? null,
    passed: record.passed ?? null,
  };
}
