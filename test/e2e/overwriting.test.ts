import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCodejury } from './run-codejury.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-overwriting-'));
const at = (name: string) => join(folder, name);
const TASKS = `${JSON.stringify({
  task_id: 'HumanEval/0',
  prompt: 'def f(x):\n    """ Doc. """\n',
  entry_point: 'f',
  canonical_solution: '    return x\n',
  test: 'def check(candidate):\n    pass\n',
})}\n`;
const SAMPLES = `${JSON.stringify({ task_id: 'HumanEval/0', completion: '    return x\n' })}\n`;
const CARD = '{}\n';

beforeAll(() => {
  writeFileSync(at('tasks.jsonl'), TASKS);
  writeFileSync(at('samples.jsonl'), SAMPLES);
  symlinkSync(at('samples.jsonl'), at('link.jsonl'));
  // What an earlier `dataset build` left, with samples in it.
  mkdirSync(at('dataset'));
  writeFileSync(at('dataset/data-card.json'), CARD);
  writeFileSync(at('dataset/samples.jsonl'), SAMPLES);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tasks = at('tasks.jsonl');
const samples = at('samples.jsonl');
const execute = ['execute', '--tasks', tasks, '--samples', samples];

it.each([
  ['--out', 'samples', [...execute, '--out', samples]],
  ['--out', 'samples by a link', [...execute, '--out', at('link.jsonl')]],
  ['--out', 'tasks', [...execute, '--out', tasks]],
  ['--start-log', 'samples', [...execute, '--out', at('out.jsonl'), '--start-log', samples]],
  ['--out', 'the file that is imported', ['tasks', 'import', tasks, '--out', tasks]],
  ['--out', 'the tasks inspected', ['tasks', 'inspect', tasks, '--out', tasks]],
  ['--exclusions', 'the samples', ['tasks', 'inspect', tasks, '--samples', samples, '--exclusions', samples]],
  ['--out', 'candidates', ['judge', '--task', 'python/clamp', '--candidates', samples, '--out', samples]],
  [
    '--out',
    'samples in the folder it replaces',
    ['dataset', 'build', '--tasks', tasks, '--samples', at('dataset/samples.jsonl'), '--out', at('dataset')],
  ],
])('%s overwrites no input: %s', async (flag, _input, args) => {
  const { status, stdout, stderr } = await runCodejury(args, { home: at('home') });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(new RegExp(`error: ${flag}: .* would overwrite .*\nhint: `));
  expect(readFileSync(tasks, 'utf8')).toBe(TASKS);
  expect(readFileSync(samples, 'utf8')).toBe(SAMPLES);
  expect(readFileSync(at('dataset/samples.jsonl'), 'utf8')).toBe(SAMPLES);
});
