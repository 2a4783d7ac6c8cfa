import { parseStrict } from '../../util/parse-strict.ts';
import { WRITTEN_SOLUTIONS_FIELDS, writtenSolutionsSchema } from '../formats/written-solutions.ts';
import type { SampleFormat } from './sample-format.ts';

/** The solutions of a task that people wrote, right ones first. */
export const writtenSolutionsSamples: SampleFormat = {
  name: 'written solutions',
  fields: WRITTEN_SOLUTIONS_FIELDS,
  samplesOf: (value, tasks, place) => {
    const { id, language, right, wrong } = parseStrict(writtenSolutionsSchema, value, place);
    const taskId = tasks.resolve(id, language, place).id;
    return [...right, ...wrong].map((text, index) => ({
      taskId,
      text,
      form: 'code' as const,
      generator: 'written',
      passed: index < right.length,
    }));
  },
};
