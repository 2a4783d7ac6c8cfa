import { z } from 'zod';
import { parseStrict } from '../../util/parse-strict.ts';
import { languageIdOf } from '../builtin-language.ts';
import { candidateOfCompletion } from '../candidate-of-completion.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { proseOf } from './prose-of.ts';
import { problemOf } from './source-id.ts';
import { splitPrompt } from './split-prompt.ts';
import type { TaskFormat } from './task-format.ts';

const recordSchema = z.looseObject({
  task_id: z.string().min(1),
  language: z.string().min(1),
  prompt: z.string().min(1),
  /** C# only: what the program begins with instead of the prompt. */
  test_prompt: z.string().nullish(),
  entry_point: z.string().min(1),
  test: z.string(),
  description: z.string().nullish(),
  canonical_solution: z.string().nullish(),
});

/** Languages whose functions are members of a class that the completion closes. */
const CLOSES_CLASS = new Set(['java', 'csharp', 'scala']);

/**
 * MBXP (MBJP and its siblings) and multilingual HumanEval: the program is `prompt + completion + test`; in Python it is
 * composed like HumanEval's. A completion in Java, C# or Scala closes the class too. A completion is followed by one more
 * line break than in the benchmark's own program where `test` does not begin with one.
 */
export const mbxpFormat: TaskFormat = {
  name: 'MBXP',
  fields: ['task_id', 'language', 'prompt', 'entry_point', 'test'],
  toTask: ({ value }, { place }) => {
    const record = parseStrict(recordSchema, value, place);
    const language = languageIdOf(record.language);
    const prompt = record.test_prompt ?? record.prompt;
    const { before, head, signature } = splitPrompt(language, prompt, record.entry_point);
    const problem = problemOf(record.task_id);
    const closesClass = CLOSES_CLASS.has(language);
    const frame = { head, tail: '', closesClass };
    const prose = proseOf(language, before, head).replace(/^\*\s+/, '');
    return benchmarkTask({
      benchmark: problem?.startsWith('humaneval/') ? 'multi-humaneval' : 'mbxp',
      language,
      local: record.task_id.replace(/^.*\//, ''),
      sourceId: record.task_id,
      problem,
      description: prose === '' ? (record.description ?? '') : prose,
      signature,
      entryPoint: record.entry_point,
      prompt: record.prompt,
      before,
      after:
        language === 'python'
          ? `${record.test}\ncheck(${record.entry_point})`
          : (closesClass ? '}\n' : '') + record.test.replace(/^\n/, ''),
      frame,
      canonical:
        record.canonical_solution == null
          ? null
          : candidateOfCompletion({ completion: frame, prompt: null, language }, record.canonical_solution),
      licence: 'CC-BY-4.0',
    });
  },
};
