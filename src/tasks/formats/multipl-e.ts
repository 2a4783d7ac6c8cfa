import { z } from 'zod';
import { parseStrict } from '../../util/parse-strict.ts';
import { languageIdOf } from '../builtin-language.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { proseOf } from './prose-of.ts';
import { problemOf } from './source-id.ts';
import { splitPrompt } from './split-prompt.ts';
import type { TaskFormat } from './task-format.ts';

const recordSchema = z.looseObject({
  name: z.string().min(1),
  language: z.string().min(1),
  prompt: z.string().min(1),
  tests: z.string().min(1),
  stop_tokens: z.array(z.string()).nullish(),
});

/** The brace that closes the function, on a line of its own at the beginning of the tests. */
const CLOSING_LINE = /^([ \t]*\})[ \t]*\n/;

/**
 * MultiPL-E, HumanEval and MBPP in any language: the program is `prompt + completion + "\n" + tests`. Where `tests` begins by
 * closing the function (Java, Rust, C++ …), that brace becomes part of the candidate.
 */
export const multiplEFormat: TaskFormat = {
  name: 'MultiPL-E',
  fields: ['name', 'language', 'prompt', 'tests'],
  toTask: ({ value }, { place }) => {
    const record = parseStrict(recordSchema, value, place);
    const language = languageIdOf(record.language);
    const { before, head, signature, entryPoint } = splitPrompt(language, record.prompt, null);
    const closing = CLOSING_LINE.exec(record.tests);
    const [, set = '', local = record.name] = /^(humaneval|mbpp)_(.+)$/i.exec(record.name) ?? [];
    return benchmarkTask({
      benchmark: set === '' ? 'multipl-e' : `multipl-e-${set.toLowerCase()}`,
      language,
      local,
      sourceId: record.name,
      problem: problemOf(record.name),
      description: proseOf(language, before, head),
      signature,
      entryPoint,
      prompt: record.prompt,
      before,
      after: closing === null ? record.tests : record.tests.slice(closing[0].length),
      frame: { head, tail: closing === null ? '' : `\n${closing[1]}`, closesClass: false },
      canonical: null,
      licence: 'MIT',
      metadata: { sourceLanguage: record.language, stopTokens: record.stop_tokens ?? [] },
    });
  },
};
