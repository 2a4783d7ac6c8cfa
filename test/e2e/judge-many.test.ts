import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type JudgedLine,
  type JudgeManyResult,
  judgedLineSchema,
} from '../../src/contracts/judge-many-result.ts';
import { type RunJudgeManyOptions, runJudgeMany } from '../../src/pipeline/judge-many/run-judge-many.ts';
import { openResultCache } from '../../src/store/result-cache.ts';
import { writeTinyGguf } from '../../src/testing/write-tiny-gguf.ts';
import { writeTinyLora } from '../../src/testing/write-tiny-lora.ts';
import { runCodejury } from './run-codejury.ts';

const home = mkdtempSync(join(tmpdir(), 'codejury-e2e-'));
const path = (name: string) => join(home, name);
const lines = (name: string, values: readonly object[]) => {
  writeFileSync(path(name), values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  return path(name);
};
const profile = path('judges/tiny');
const tasks = lines(
  'HumanEval.jsonl',
  ['one', 'two'].map((name, index) => ({
    task_id: `HumanEval/${index}`,
    prompt: `def ${name}(x):\n    """Return x plus ${name}."""\n`,
    entry_point: name,
    canonical_solution: `    return x + ${index + 1}\n`,
    test: `def check(candidate):\n    assert candidate(0) == ${index + 1}\n`,
  })),
);

beforeAll(async () => {
  mkdirSync(profile, { recursive: true });
  await writeTinyGguf(path('tiny.gguf'), { contextSize: 2048 });
  await writeTinyLora(join(profile, 'adapter.gguf'));
  writeFileSync(
    join(profile, 'profile.json'),
    JSON.stringify({
      name: 'tiny-judge',
      model: `file:${path('tiny.gguf')}`,
      adapter: 'adapter.gguf',
      method: 'verdict',
      layout: 'compact',
    }),
  );
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The lines of an output. */
const written = (out: string) =>
  readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line): JudgedLine => judgedLineSchema.parse(JSON.parse(line)));

/** What the command runs, in this process, with a store of its own. */
const judge = (
  store: string,
  more: Pick<RunJudgeManyOptions, 'candidates' | 'out'> & Partial<RunJudgeManyOptions>,
) =>
  runJudgeMany({
    tasks,
    teamFile: null,
    overrides: { team: { judges: [{ profile }] } },
    useCache: true,
    offline: true,
    env: { CODEJURY_HOME: path(store) },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  });

const flags = (candidates: string, out: string) => [
  ...['judge', '--profile', profile, '--tasks', tasks, '--candidates', candidates, '--out', out],
];

const completion = (task: number, text: string) => ({
  task_id: `HumanEval/${task}`,
  completion: `    ${text}\n`,
});

describe('codejury judge --tasks', () => {
  it('writes a line for each line of HumanEval samples, in their order, each distinct candidate judged once', async () => {
    const samples = lines('samples.jsonl', [
      completion(1, 'return x + 2'),
      completion(0, 'return x + 1'),
      completion(1, 'return x - 2'),
      completion(0, 'return x + 1'),
      { task_id: 'HumanEval/0', completion: '    pass\n' },
    ]);
    const out = path('verdicts.jsonl');
    const { status, stdout } = await runCodejury([...flags(samples, out), '--json'], { home });
    expect(status).toBe(0);
    const verdicts = written(out);
    expect(verdicts.map(({ index, taskId }) => [index, taskId])).toEqual([
      [0, 'humaneval/python/1'],
      [1, 'humaneval/python/0'],
      [2, 'humaneval/python/1'],
      [3, 'humaneval/python/0'],
      [4, 'humaneval/python/0'],
    ]);
    expect(verdicts[1]).toEqual({ ...verdicts[3], index: 1 });
    // Judges are shown no comment; what `execute` runs has the prompt's.
    expect(verdicts[1]?.sampleId).not.toBe(verdicts[1]?.candidateId);
    expect(verdicts[0]?.probabilityCorrect).not.toBe(verdicts[2]?.probabilityCorrect);
    expect(verdicts[4]).toMatchObject({
      label: null,
      probabilityCorrect: null,
      rejected: expect.any(String),
    });
    const result = JSON.parse(stdout) as JudgeManyResult;
    expect(result).toMatchObject({ lines: 5, candidates: 3, tasks: 2, rejectedLines: 1, reused: 0 });
    expect(result.judges[0]).toMatchObject({ name: 'tiny-judge', method: 'verdict', valid: 0, invalid: 3 });
  });

  it('takes what execute wrote, one line each, and several judges', async () => {
    const executed = (task: number, sampleNumbers: number[], code: string) => ({
      taskId: `humaneval/python/${task}`,
      candidateId: 'c',
      samples: sampleNumbers,
      generator: null,
      code,
      rejected: null,
      outcome: 'passed',
      feedback: null,
      durationMs: 1,
      attempts: 1,
    });
    const results = lines('results.jsonl', [
      executed(0, [3, 5], 'def one(x):\n    return 1 + x\n'),
      executed(1, [4], 'def two(x):\n    return 2 + x\n'),
    ]);
    const judges = [{ profile }, { model: path('tiny.gguf') }];
    await judge('two', { candidates: results, out: path('two.jsonl'), overrides: { team: { judges } } });
    expect(written(path('two.jsonl')).map(({ index, judge: name }) => [index, name])).toEqual([
      [3, 'tiny-judge'],
      [3, path('tiny.gguf')],
      [4, 'tiny-judge'],
      [4, path('tiny.gguf')],
    ]);
  });

  it('goes on after kill -9: nothing is judged twice, and the bytes are the same', async () => {
    const total = 100;
    const many = lines(
      'many.jsonl',
      Array.from({ length: total }, (_, index) => completion(index % 2, `return x + ${index}`)),
    );
    const [whole, resumed] = [path('whole.jsonl'), path('resumed.jsonl')];
    await judge('whole', { candidates: many, out: whole });
    const results = path('killed/results.sqlite');
    (await openResultCache(results)).close();
    const record = new DatabaseSync(results);
    const count = record.prepare("select count(*) as n from result where kind = 'verdict'");
    const recorded = () => Number(count.get()?.n);
    const killed = await runCodejury(flags(many, resumed), {
      home: path('killed'),
      onStart: async (kill) => {
        while (recorded() < 10) await setTimeout(5);
        kill('SIGKILL');
      },
    });
    expect(killed.status).toBeNull();
    expect(existsSync(resumed)).toBe(false);
    const done = recorded();
    record.close();
    expect(done).toBeGreaterThanOrEqual(10);
    expect(done).toBeLessThan(total);
    expect((await judge('killed', { candidates: many, out: resumed })).reused).toBe(done);
    expect(readFileSync(resumed, 'utf8')).toBe(readFileSync(whole, 'utf8'));
  });

  it.each([
    ['files beside many tasks', ['--tasks', tasks, 'a.py'], 'expected no files'],
    ['no task', ['--judge', 'x', 'a.py'], 'expected --task FILE'],
  ])('refuses %s', async (_, args, message) => {
    const { status, stderr } = await runCodejury(['judge', ...args], { home });
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
