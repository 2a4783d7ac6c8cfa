import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { parseStrict } from '../../util/parse-strict.ts';
import { benchmarkTask } from './benchmark-task.ts';
import { evalplusTests } from './evalplus-tests.ts';
import { restoreMbppInput } from './mbpp-plus-inputs.ts';
import { proseOf, withoutMargin } from './prose-of.ts';
import { type PythonValue, parsePythonJson, pythonLiteral, pythonText } from './python-value.ts';
import { problemOf } from './source-id.ts';
import { splitPrompt } from './split-prompt.ts';
import type { TaskFormat } from './task-format.ts';

const recordSchema = z.looseObject({
  task_id: z.string().regex(/\/\d+$/, 'expected an id such as HumanEval/0 or Mbpp/2'),
  prompt: z.string().min(1),
  entry_point: z.string().min(1),
  canonical_solution: z.string().min(1),
  base_input: z.array(z.unknown()),
  // An empty object where there are none.
  plus_input: z.union([z.array(z.unknown()), z.strictObject({})]),
  atol: z.number().nonnegative().nullish(),
});

/**
 * EvalPlus, HumanEval+ and MBPP+ as its releases have them: the candidate is compared with the reference solution on the base
 * inputs, then on the plus inputs (see `evalplusTests`). Inputs are taken from the record's text, since numbers of JSON in
 * JavaScript are not those of Python. The tests of the hub's files are `humanevalFormat`'s and `mbppFormat`'s.
 */
export const evalplusFormat: TaskFormat = {
  name: 'EvalPlus',
  fields: ['task_id', 'prompt', 'entry_point', 'canonical_solution', 'base_input', 'plus_input'],
  toTask: ({ value, text }, { place }) => {
    const record = parseStrict(recordSchema, value, place);
    const problem = problemOf(record.task_id);
    const number = Number(record.task_id.replace(/^.*\//, ''));
    const dataset = problem?.startsWith('mbpp/') ? 'mbpp' : 'humaneval';
    const restore = (input: readonly PythonValue[]) =>
      dataset === 'mbpp' ? restoreMbppInput(number, input) : input;
    const inputs = inputsOf(text, place).map((input) =>
      pythonLiteral({ kind: 'tuple', items: restore(input) }),
    );
    const frame = dataset === 'mbpp' ? frameOfMbpp(record) : frameOfHumaneval(record);
    return benchmarkTask({
      benchmark: `${dataset}-plus`,
      language: 'python',
      local: String(number),
      sourceId: record.task_id,
      problem,
      description: frame.description,
      signature: frame.signature,
      entryPoint: record.entry_point,
      prompt: record.prompt,
      before: frame.before,
      after: evalplusTests({
        dataset,
        entryPoint: record.entry_point,
        reference: record.prompt + record.canonical_solution,
        inputs,
        tolerance: record.atol ?? 0,
      }),
      frame: { head: frame.head, tail: '', closesClass: false },
      canonical: frame.head + record.canonical_solution,
      licence: 'Apache-2.0',
    });
  },
};

type EvalplusRecord = z.infer<typeof recordSchema>;

interface Frame {
  readonly before: string;
  readonly head: string;
  readonly description: string;
  readonly signature: string;
}

/** The prompt ends in the opened function. */
function frameOfHumaneval({ prompt, entry_point }: EvalplusRecord): Frame {
  const { before, head, signature } = splitPrompt('python', prompt, entry_point);
  return { before, head, signature, description: proseOf('python', before, head) };
}

/** The prompt is a docstring that stands above the whole function. */
function frameOfMbpp({ prompt, canonical_solution, entry_point }: EvalplusRecord): Frame {
  return {
    before: prompt,
    head: '',
    signature: splitPrompt('python', canonical_solution, entry_point).signature,
    description: withoutMargin(prompt.trim().replace(/^"""|"""$/g, '')),
  };
}

/** The argument lists of both kinds of inputs. */
function inputsOf(text: string, place: string): readonly (readonly PythonValue[])[] {
  const record = entriesOf(parse(text, place));
  return ['base_input', 'plus_input'].flatMap((field) =>
    itemsOf(record.get(pythonText(field))).map((input, index) => {
      if (typeof input === 'string' || input.kind !== 'list') {
        throw new CodejuryError(
          'usage',
          `${place}: ${field}[${index}]: expected a list of arguments, received something else`,
        );
      }
      return input.items;
    }),
  );
}

function parse(text: string, place: string): PythonValue {
  try {
    return parsePythonJson(text);
  } catch (cause) {
    throw new CodejuryError('usage', `${place}: not JSON: ${(cause as Error).message}`, { cause });
  }
}

function entriesOf(value: PythonValue): ReadonlyMap<string, PythonValue> {
  return new Map(typeof value !== 'string' && value.kind === 'dict' ? value.entries : []);
}

function itemsOf(value: PythonValue | undefined): readonly PythonValue[] {
  return value !== undefined && typeof value !== 'string' && value.kind === 'list' ? value.items : [];
}
