import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type JudgedLine,
  type JudgeManyResult,
  judgedLineSchema,
} from '../../src/contracts/judge-many-result.ts';
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

async function judge(candidates: string, out: string, more: readonly string[] = []) {
  const args = ['judge', '--profile', profile, '--tasks', tasks, '--candidates', candidates, '--out', out];
  const { status, stdout, stderr } = await runCodejury([...args, ...more], { home });
  const written = existsSync(out)
    ? readFileSync(out, 'utf8')
        .trim()
        .split('\n')
        .map((line): JudgedLine => judgedLineSchema.parse(JSON.parse(line)))
    : [];
  return { status, stdout, stderr, written };
}

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
    const { status, stdout, written } = await judge(samples, path('verdicts.jsonl'), ['--json']);
    expect(status).toBe(0);
    expect(written.map(({ index, taskId }) => [index, taskId])).toEqual([
      [0, 'humaneval/python/1'],
      [1, 'humaneval/python/0'],
      [2, 'humaneval/python/1'],
      [3, 'humaneval/python/0'],
      [4, 'humaneval/python/0'],
    ]);
    expect(written[1]).toEqual({ ...written[3], index: 1 });
    // Judges are shown no comment; what `execute` runs has the prompt's.
    expect(written[1]?.sampleId).not.toBe(written[1]?.candidateId);
    expect(written[0]?.probabilityCorrect).not.toBe(written[2]?.probabilityCorrect);
    expect(written[4]).toMatchObject({ label: null, probabilityCorrect: null, rejected: expect.any(String) });
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
    const { written } = await judge(results, path('two.jsonl'), ['--judge', path('tiny.gguf')]);
    expect(written.map(({ index, judge: name }) => [index, name])).toEqual([
      [3, 'tiny-judge'],
      [3, path('tiny.gguf')],
      [4, 'tiny-judge'],
      [4, path('tiny.gguf')],
    ]);
  });

  it('goes on after kill -9: nothing is judged twice, and the bytes are the same', async () => {
    const many = lines(
      'many.jsonl',
      Array.from({ length: 150 }, (_, index) => completion(index % 2, `return x + ${index}`)),
    );
    const whole = await judge(many, path('whole.jsonl'), ['--no-cache']);
    const out = path('resumed.jsonl');
    const args = ['judge', '--profile', profile, '--tasks', tasks, '--candidates', many, '--out', out];
    const recorded = async () => {
      const cache = new (await import('node:sqlite')).DatabaseSync(path('results.sqlite'));
      const count = Number(cache.prepare("select count(*) as n from result where kind = 'verdict'").get()?.n);
      cache.close();
      return count;
    };
    (await openResultCache(path('results.sqlite'))).close();
    const before = await recorded();
    const killed = await runCodejury(args, {
      home,
      onStart: async (kill) => {
        while ((await recorded()) < before + 20) await setTimeout(5);
        kill('SIGKILL');
      },
    });
    expect(killed.status).toBeNull();
    expect(existsSync(out)).toBe(false);
    const done = (await recorded()) - before;
    expect(done).toBeLessThan(150);
    const resumed = await judge(many, out, ['--json']);
    expect((JSON.parse(resumed.stdout) as JudgeManyResult).reused).toBeGreaterThanOrEqual(done);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(path('whole.jsonl'), 'utf8'));
    expect(whole.status).toBe(0);
  });

  it.each([
    ['no candidates', ['--profile', profile, '--tasks', tasks, '--out', 'x'], 'needs --candidates'],
    ['no out', ['--profile', profile, '--tasks', tasks, '--candidates', 'x'], 'needs --out'],
    ['files', ['--tasks', tasks, 'a.py'], 'expected no files'],
    ['one task beside many', ['--tasks', tasks, '--task', 'python/clamp'], 'received both'],
    ['neither', ['--judge', 'x', 'a.py'], 'expected --task FILE'],
  ])('%s', async (_, args, message) => {
    const { status, stderr } = await runCodejury(['judge', ...args], { home });
    expect([status === 2 || status === 1, stderr]).toEqual([true, expect.stringContaining(message)]);
  });
});
