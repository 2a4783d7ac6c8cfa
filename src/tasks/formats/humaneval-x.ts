import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { languageIdOf } from '../builtin-language.ts';
import { candidateOfCompletion } from '../candidate-of-completion.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { proseOf, withoutMargin } from './prose-of.ts';
import { problemOf } from './source-id.ts';
import { splitPrompt } from './split-prompt.ts';
import type { TaskFormat } from './task-format.ts';

const recordSchema = z.looseObject({
  task_id: z.string().min(1),
  prompt: z.string().min(1),
  declaration: z.string(),
  canonical_solution: z.string().nullish(),
  test: z.string(),
  text: z.string().nullish(),
  /** Go only. */
  import: z.string().nullish(),
  test_setup: z.string().nullish(),
});
type HumanevalXRecord = z.infer<typeof recordSchema>;

/** Headers that the benchmark's own harness includes where the prompt does not. */
const CPP_HEADERS = [
  'stdlib.h',
  'algorithm',
  'math.h',
  'stdio.h',
  'vector',
  'string',
  'climits',
  'cstring',
  'iostream',
];

/**
 * HumanEval-X: the program is `prompt + completion + "\n" + test`, with what the harness puts before it in C++, Go and Rust.
 * A completion in Java closes the class too. Two things that the harness does depend on the completion and are not done here:
 * it imports Go packages it sees used, and the usual Python modules.
 */
export const humanevalXFormat: TaskFormat = {
  name: 'HumanEval-X',
  fields: ['task_id', 'prompt', 'declaration', 'test'],
  toTask: ({ value }, { place }) => {
    const record = parseStrict(recordSchema, value, place);
    const [, name, number] = /^(\w+)\/(\d+)$/.exec(record.task_id) ?? [];
    if (name === undefined || number === undefined) {
      throw new CodejuryError(
        'usage',
        `${place}: task_id: expected a language and a number such as Java/0, received ${JSON.stringify(record.task_id)}`,
      );
    }
    const language = languageIdOf(name);
    const { before, head, signature, entryPoint } = splitPrompt(
      language,
      startOfProgram(language, record),
      null,
    );
    const closesClass = language === 'java';
    const frame = { head, tail: '', closesClass };
    return benchmarkTask({
      benchmark: 'humaneval-x',
      language,
      local: number,
      sourceId: record.task_id,
      problem: problemOf(record.task_id),
      description: record.text == null ? proseOf(language, before, head) : withoutMargin(`\n${record.text}`),
      signature,
      entryPoint,
      prompt: record.prompt,
      before,
      after: (closesClass ? '}\n' : '') + record.test,
      frame,
      canonical:
        record.canonical_solution == null
          ? null
          : candidateOfCompletion({ completion: frame, prompt: null, language }, record.canonical_solution),
      licence: 'Apache-2.0',
    });
  },
};

function startOfProgram(language: string, record: HumanevalXRecord): string {
  switch (language) {
    case 'cpp': {
      const headers = CPP_HEADERS.map((header) => `#include<${header}>`);
      return `${headers
        .filter((line) => !record.prompt.includes(line))
        .map((line) => `${line}\n`)
        .join('')}\n${record.prompt}`;
    }
    case 'go':
      return `${record.test_setup ?? ''}\n${record.prompt.replace(record.import ?? '', '')}`;
    case 'rust':
      return `\nfn main(){ \n } \n${record.declaration}${record.prompt}`;
    default:
      return record.prompt;
  }
}
