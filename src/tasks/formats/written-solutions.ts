import { z } from 'zod';
import { parseStrict } from '../../util/parse-strict.ts';
import { entryPointOf } from '../entry-point-of.ts';
import type { TaskFormat } from './task-format.ts';

/** A task with right and wrong solutions that people wrote for it: what a judge can learn from without any model. */
export const writtenSolutionsSchema = z.strictObject({
  id: z.string().trim().min(1),
  language: z.string().trim().min(1).default('python'),
  description: z.string().trim().min(1),
  signature: z.string().trim().min(1),
  /** Source that runs after the candidate. */
  tests: z.string().trim().min(1),
  /** Whole functions that pass the tests; the first is the task's own solution. */
  right: z.array(z.string()).min(1),
  /** Whole functions that fail them. */
  wrong: z.array(z.string()),
  licence: z.string().nullish(),
});

/** The fields that tell such a record from other tasks and samples. */
export const WRITTEN_SOLUTIONS_FIELDS = ['id', 'description', 'signature', 'tests', 'right', 'wrong'];

/** Tasks with written solutions: its benchmark is what stands before the `/` of its id. */
export const writtenSolutionsFormat: TaskFormat = {
  name: 'written solutions',
  fields: WRITTEN_SOLUTIONS_FIELDS,
  toTask: ({ value }, { place }) => {
    const record = parseStrict(writtenSolutionsSchema, value, place);
    const { id, language, description, signature, tests, right, licence } = record;
    return {
      id,
      benchmark: id.includes('/') ? id.slice(0, id.indexOf('/')) : 'file',
      language,
      description,
      signature,
      prompt: null,
      completion: null,
      entryPoint: entryPointOf(language, signature),
      tests: { before: '', after: tests },
      problem: null,
      canonical: right[0] ?? null,
      resources: null,
      metadata: licence == null ? {} : { licence },
    };
  },
};
