import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { splitPrompt } from './split-prompt.ts';
import type { TaskFormat } from './task-format.ts';

const recordSchema = z.looseObject({
  task_id: z.union([z.int(), z.string().regex(/^\d+$/, 'expected a number')]),
  /** `prompt` in the sanitized files and in MBPP+. */
  text: z.string().min(1).nullish(),
  prompt: z.string().min(1).nullish(),
  code: z.string().min(1),
  test_list: z.array(z.string()).min(1),
  test_setup_code: z.string().nullish(),
  test_imports: z.array(z.string()).nullish(),
  /** MBPP+ on the hub: the whole test program, instead of the list. */
  test: z.string().nullish(),
});

/**
 * MBPP, original and sanitized, and EvalPlus's MBPP+ as the hub has it: the program is the candidate followed by set-up code
 * and asserts. The set-up comes after the candidate because it uses classes that the candidate defines.
 */
export const mbppFormat: TaskFormat = {
  name: 'MBPP',
  fields: ['task_id', 'code', 'test_list'],
  toTask: ({ value }, { place }) => {
    const record = parseStrict(recordSchema, value, place);
    const description = record.text ?? record.prompt;
    if (description == null) {
      throw new CodejuryError('usage', `${place}: text: expected string, received nothing`);
    }
    const code = unixLines(record.code);
    const asserts = record.test_list.map((line) => unixLines(line).trimEnd());
    const entryPoint = testedFunction(code, asserts);
    if (entryPoint === null) {
      throw new CodejuryError(
        'usage',
        `${place}: test_list: expected asserts that call a function of code, received ${JSON.stringify(asserts[0] ?? '').slice(0, 80)}`,
      );
    }
    const number = String(record.task_id);
    const isPlus = record.test != null;
    const parts = isPlus
      ? [unixLines(record.test ?? '')]
      : [...(record.test_imports ?? []), unixLines(record.test_setup_code ?? ''), ...asserts];
    return benchmarkTask({
      benchmark: isPlus ? 'mbpp-plus' : 'mbpp',
      language: 'python',
      local: number,
      sourceId: number,
      problem: `mbpp/${number}`,
      description: unixLines(description),
      signature: splitPrompt('python', code, entryPoint).signature,
      entryPoint,
      prompt: null,
      before: '',
      after: `${parts.filter((part) => part.trim() !== '').join('\n')}\n`,
      frame: null,
      canonical: code,
      licence: isPlus ? 'Apache-2.0' : 'CC-BY-4.0',
      ...(isPlus ? { metadata: { needs: ['numpy'] } } : {}),
    });
  },
};

/** The function of `code` that the asserts call; the last defined where they call several. */
function testedFunction(code: string, asserts: readonly string[]): string | null {
  const defined = [...code.matchAll(/^(?:async[ \t]+)?def[ \t]+(\w+)/gm)].map(([, name = '']) => name);
  const called = new Set(
    asserts.flatMap((line) => [...line.matchAll(/(\w+)[ \t]*\(/g)].map(([, name = '']) => name)),
  );
  return defined.findLast((name) => called.has(name)) ?? null;
}

function unixLines(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
