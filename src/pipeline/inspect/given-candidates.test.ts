import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Task } from '../../contracts/task.ts';
import { createTaskIndex } from '../../tasks/task-index.ts';
import { readGivenCandidates } from './given-candidates.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-given-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const task: Task = {
  id: 't',
  benchmark: 'b',
  language: 'python',
  description: 'd',
  signature: 'def f(x):',
  prompt: 'def f(x):\n',
  completion: { head: 'def f(x):\n', tail: '', closesClass: false },
  entryPoint: 'f',
  tests: null,
  problem: null,
  canonical: null,
  resources: null,
  metadata: {},
};

it('keeps the first few distinct candidates of each label, and none that cannot be run', async () => {
  const code = (text: string, passed?: boolean) => ({ taskId: 't', code: text, passed });
  const records = [
    ...['a', 'a', 'b', 'c', 'd'].map((text) => code(text)),
    ...['e', 'f', 'g', 'h'].map((text) => code(text, true)),
    code('i', false),
    code('a', false),
  ];
  const file = join(folder, 'samples.jsonl');
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const given = await readGivenCandidates(file, createTaskIndex([task]), []);
  expect(given.get('t')?.map(({ code: text, passed }) => [text, passed])).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
    ['e', true],
    ['f', true],
    ['g', true],
    ['i', false],
  ]);
});

it('puts completions behind their prompt, and leaves out answers without code', async () => {
  const file = join(folder, 'completions.jsonl');
  writeFileSync(
    file,
    [
      { taskId: 't', text: 'I do not know.', form: 'chat' },
      { taskId: 't', text: '    return x\n', form: 'completion' },
    ]
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  );
  const given = await readGivenCandidates(file, createTaskIndex([task]), []);
  expect(given.get('t')).toEqual([{ code: 'def f(x):\n    return x\n', passed: null }]);
});
