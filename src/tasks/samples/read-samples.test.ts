import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../test/support/collect.ts';
import type { Task } from '../../contracts/task.ts';
import { adhocTask } from '../adhoc-task.ts';
import { createTaskIndex } from '../task-index.ts';
import { readSamples } from './read-samples.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-samples-'));
});
afterAll(() => rm(folder, { recursive: true }));

const task = (id: string, sourceId: string, language: string): Task => ({
  ...adhocTask({ description: 'Do.', signature: 'def f(x):', language }),
  id,
  completion: { head: 'def f(x):\n', tail: '', closesClass: false },
  tests: { before: 'import math\n', after: 'check(f)\n' },
  metadata: { sourceId },
});

const tasks = createTaskIndex([
  task('humaneval/python/0', 'HumanEval/0', 'python'),
  task('multipl-e-humaneval/java/0_f', 'HumanEval_0_f', 'java'),
  task('multipl-e-humaneval/rust/0_f', 'HumanEval_0_f', 'rust'),
  task('codereval/java/abc', 'abc', 'java'),
]);

const lines = (...values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

async function read(content: string | Uint8Array, name = 's.jsonl') {
  const path = join(folder, name);
  await writeFile(path, content);
  return collect(readSamples(path, tasks));
}

const PYTHON = { taskId: 'humaneval/python/0', generator: null, passed: null };

it("several files: numbers go on, a file's own from its base", async () => {
  const executed = { taskId: 'humaneval/python/0', code: 'C', candidateId: 'c', samples: [0, 4] };
  const paths = [join(folder, 'executed.jsonl'), join(folder, 'code.jsonl')];
  await writeFile(paths[0] ?? '', lines(executed));
  await writeFile(paths[1] ?? '', lines({ taskId: 'humaneval/python/0', code: 'D' }));
  const numbers = async (...order: readonly (string | undefined)[]) =>
    (
      await collect(
        readSamples(
          order.flatMap((path) => path ?? []),
          tasks,
        ),
      )
    ).map(({ index }) => index);
  expect(await numbers(paths[0], paths[1])).toEqual([0, 4, 5]);
  expect(await numbers(paths[1], paths[0])).toEqual([0, 1, 5]);
});

it('written solutions of a task, right ones first', async () => {
  const record = { id: 'humaneval/python/0', description: 'D', signature: 'def f(x):', tests: 'assert f(1)' };
  const found = await read(lines({ ...record, right: ['R'], wrong: ['W', 'X'] }));
  expect(found.map(({ text, passed, generator }) => [text, passed, generator])).toEqual([
    ['R', true, 'written'],
    ['W', false, 'written'],
    ['X', false, 'written'],
  ]);
});

describe('formats', () => {
  it.each([
    ['own code', { taskId: 'humaneval/python/0', code: 'C' }, { ...PYTHON, text: 'C', form: 'code' }],
    [
      'candidates of a dataset',
      {
        taskId: 'humaneval/python/0',
        candidateId: 'c',
        code: 'C',
        split: 'train',
        label: 1,
        samples: 2,
        generator: 'm',
      },
      { ...PYTHON, text: 'C', form: 'code', generator: 'm', passed: true },
    ],
    [
      'own answers',
      { taskId: 'HumanEval/0', text: 'C', form: 'chat', generator: 'm', passed: false },
      { ...PYTHON, text: 'C', form: 'chat', generator: 'm', passed: false },
    ],
    ['HumanEval', { task_id: 'HumanEval/0', completion: 'C' }, { ...PYTHON, text: 'C', form: 'completion' }],
    [
      'CodeT, drawn with a prompt of its own',
      { task_id: 'HumanEval/0', prompt: 'other', completion: 'C', raw_completion: 'C…', generator: 'm' },
      { ...PYTHON, text: 'C', form: 'completion', generator: 'm' },
    ],
    [
      'HumanEval-X',
      { task_id: 'HumanEval/0', generation: 'C' },
      { ...PYTHON, text: 'C', form: 'completion' },
    ],
    [
      'MBXP',
      { task_id: 'HumanEval_0_f', completion: 'C', language: 'rs' },
      { ...PYTHON, taskId: 'multipl-e-humaneval/rust/0_f', text: 'C', form: 'completion' },
    ],
    [
      'EvalPlus, with the prompt',
      { task_id: 'HumanEval/0', solution: 'import math\ndef f(x):\n    return x\n' },
      { ...PYTHON, text: 'def f(x):\n    return x\n', form: 'code' },
    ],
    [
      'EvalPlus, without',
      { task_id: 'HumanEval/0', solution: 'def f(x): pass' },
      { ...PYTHON, text: 'def f(x): pass', form: 'code' },
    ],
    [
      'labelled candidates',
      { task_id: 'abc', candidate: 'C', passed: true, generator: 'm' },
      { ...PYTHON, taskId: 'codereval/java/abc', text: 'C', form: 'code', generator: 'm', passed: true },
    ],
    [
      'labelled candidates whose label is in doubt',
      { task_id: 'abc', candidate: 'C', passed: true, label_conflict: true },
      { ...PYTHON, taskId: 'codereval/java/abc', text: 'C', form: 'code', passed: null },
    ],
  ])('%s', async (_, record, expected) => {
    const samples = await read(lines(record, record));
    expect(samples).toEqual(
      [0, 1].map((index) => ({
        ...expected,
        index,
        place: expect.stringMatching(`s\\.jsonl:${index + 1}$`),
      })),
    );
  });

  it('what execute writes: the numbers of the samples, and the outcome', async () => {
    const row = { taskId: 'humaneval/python/0', candidateId: 'c', code: 'C', generator: 'm' };
    const samples = await read(
      lines(
        { ...row, samples: [4, 7], outcome: 'passed' },
        { ...row, samples: [5], outcome: 'timeout' },
        { ...row, samples: [6], outcome: 'sandbox-error' },
      ),
    );
    expect(samples.map(({ index, passed, generator }) => [index, passed, generator])).toEqual([
      [4, true, 'm'],
      [7, true, 'm'],
      [5, false, 'm'],
      [6, null, 'm'],
    ]);
  });

  it('CoderEval results: all of a task in a record, each with its label', async () => {
    const samples = await read(
      lines({
        _id: 'abc',
        generate_results: [
          { generate_code: 'A', is_pass: true },
          { code: 'B', is_pass: false },
        ],
      }),
    );
    expect(samples.map(({ index, text, passed }) => [index, text, passed])).toEqual([
      [0, 'A', true],
      [1, 'B', false],
    ]);
  });

  it('MultiPL-E completions and results, packed and in several lines', async () => {
    const common = { name: 'HumanEval_0_f', language: 'java', prompt: 'P' };
    const completions = await read(
      gzipSync(JSON.stringify({ ...common, completions: ['A', 'B'] }, null, 2)),
      'c.json.gz',
    );
    expect(completions.map(({ index, text, form }) => [index, text, form])).toEqual([
      [0, 'A', 'completion'],
      [1, 'B', 'completion'],
    ]);
    const results = [
      { program: 'import math\ndef f(x):\n    A\ncheck(f)\n', status: 'OK', exit_code: 0, stdout: '' },
      { program: 'import math\ndef f(x):\n    B\ncheck(f)\n', status: 'Exception', exit_code: 1 },
    ];
    const labelled = await read(JSON.stringify({ ...common, results }), 'c.results.json');
    expect(labelled.map(({ text, form, passed }) => [text, form, passed])).toEqual([
      ['def f(x):\n    A', 'code', true],
      ['def f(x):\n    B', 'code', false],
    ]);
  });

  it('a folder of MultiPL-E: results go before the completions they repeat', async () => {
    const both = join(folder, 'both');
    await mkdir(both);
    const record = { name: 'HumanEval_0_f', language: 'java' };
    const program = 'import math\nC\ncheck(f)\n';
    await writeFile(join(both, 'a.json'), JSON.stringify({ ...record, completions: ['C'] }));
    await writeFile(
      join(both, 'a.results.json'),
      JSON.stringify({ ...record, results: [{ program, status: 'OK' }] }),
    );
    await writeFile(
      join(both, 'b.results.json'),
      JSON.stringify({ ...record, results: [{ program, status: 'OK' }] }),
    );
    expect((await collect(readSamples(both, tasks))).map(({ index, form }) => [index, form])).toEqual([
      [0, 'code'],
      [1, 'code'],
    ]);
  });
});

describe('refuses, naming file, line and field', () => {
  it.each([
    ['an unknown format', { a: 1 }, /s\.jsonl:1: not a known format of samples; received the fields a/],
    [
      'an unknown task',
      { task_id: 'HumanEval/999', completion: '' },
      /s\.jsonl:1: expected one of 4 tasks, received "HumanEval\/999"/,
    ],
    ['a task in several languages', { task_id: 'HumanEval_0_f', completion: '' }, /may be any of/],
    [
      'a completion that is no text',
      { task_id: 'HumanEval/0', completion: 5 },
      /s\.jsonl:1: completion: expected string, received 5/,
    ],
    [
      'an answer whose form is not told',
      { taskId: 'HumanEval/0', text: 'x' },
      /s\.jsonl:1: form: .*received nothing/,
    ],
    [
      'results without a label',
      { _id: 'abc', generate_results: [{ generate_code: 'A' }] },
      /generate_results\[0\]\.is_pass: expected boolean, received nothing/,
    ],
    [
      'results of other tests',
      { name: 'HumanEval_0_f', language: 'java', results: [{ program: 'x', status: 'OK' }] },
      /s\.jsonl:1: results\[0\]\.program: expected a program with the tests of multipl-e-humaneval\/java\/0_f/,
    ],
  ])('%s', async (_, record, message) => {
    await expect(read(lines(record))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('an empty file', async () => {
    await expect(read('\n')).rejects.toThrow(/expected samples, received an empty file/);
  });
});
