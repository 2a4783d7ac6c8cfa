import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgeProfile } from '../../src/contracts/judge-profile.ts';
import { writeTinyGguf } from '../../src/testing/index.ts';
import { writeTinyLora } from '../../src/testing/write-tiny-lora.ts';
import { runCodejury } from './run-codejury.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-probe-'));
const home = join(folder, 'home');
const model = join(folder, 'tiny.gguf');
const trainedJudge = join(folder, 'judge');
// A folder without a program in it: there is no Python.
const env = { PATH: join(folder, 'empty') };

const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** Correct candidates add, wrong ones take away: even a model of random weights shows that. */
function writeDataset(path: string, candidates: (task: number) => readonly [string, 0 | 1][]): void {
  mkdirSync(path, { recursive: true });
  const splitOf = (task: number) => (task < 8 ? 'train' : 'validation');
  const tasks = Array.from({ length: 12 }, (_, task) => ({
    split: splitOf(task),
    task: {
      id: `t${task}`,
      benchmark: 'test',
      language: 'python',
      description: `Add ${task} to x.`,
      signature: 'def f(x):',
      prompt: null,
      completion: { head: '', tail: '', closesClass: false },
      entryPoint: 'f',
      tests: { before: '', after: '' },
      problem: `p${task}`,
      canonical: null,
      resources: {},
      metadata: {},
    },
  }));
  const rows = tasks.flatMap((_, task) =>
    candidates(task).map(([code, label], index) => ({
      taskId: `t${task}`,
      split: splitOf(task),
      candidateId: `${task}-${index}`,
      code,
      label,
      outcome: label === 1 ? 'passed' : 'failed',
      feedback: null,
    })),
  );
  writeFileSync(join(path, 'data-card.json'), '{}');
  writeFileSync(join(path, 'tasks.jsonl'), lines(tasks));
  writeFileSync(join(path, 'candidates.jsonl'), lines(rows));
}

const additions = (task: number): readonly [string, 0 | 1][] => [
  [`def f(x):\n    return x + ${task}`, 1],
  [`def f(y):\n    return y + ${task}`, 1],
  [`def f(x):\n    return x - ${task}`, 0],
  [`def f(y):\n    return y - ${task}`, 0],
];

const train = (dataset: string, more: readonly string[] = []) =>
  runCodejury(
    ['train', '--dataset', dataset, '--model', model, '--method', 'probe', '--layout', 'compact', ...more],
    { home, env },
  );

const judgeArguments = (path: string) => [
  'judge',
  ...['--task', join(folder, 'task.json'), '--judge', join(path, 'profile.json')],
  ...[join(folder, 'wrong.py'), join(folder, 'right.py'), '--json'],
];

/** What a judge says of a wrong and a correct candidate. */
async function judge(path: string): Promise<{ rank: number; verdicts: object[] }[]> {
  const { stdout } = await runCodejury(judgeArguments(path), { home, env });
  return JSON.parse(stdout).candidates;
}

beforeAll(async () => {
  mkdirSync(env.PATH);
  await writeTinyGguf(model, { contextSize: 256 });
  writeFileSync(
    join(folder, 'task.json'),
    JSON.stringify({ description: 'Add 5 to x.', signature: 'def f(x):', language: 'python' }),
  );
  writeFileSync(join(folder, 'right.py'), 'def f(x):\n    return x + 5\n');
  writeFileSync(join(folder, 'wrong.py'), 'def f(x):\n    return x - 5\n');
  writeDataset(join(folder, 'dataset'), additions);
  writeDataset(join(folder, 'one-class'), (task) => additions(task).slice(0, 2));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('codejury train --method probe', () => {
  it('trains without Python, and the judge is used by its profile', async () => {
    const trained = await train(join(folder, 'dataset'), [
      '--out',
      trainedJudge,
      '--probe-layers',
      '1,2',
      '--json',
    ]);
    expect(trained.stderr).not.toContain('error');
    const result = JSON.parse(trained.stdout);
    expect(result).toMatchObject({ kind: 'judge', rows: { train: 32, validation: 16 } });
    const features = result.compared.map(({ features }: { features: string }) => features);
    expect(features.filter((each: string) => each === 'states')).toHaveLength(6);
    expect(features.filter((each: string) => each === 'states+likelihood')).toHaveLength(6);
    expect(result.metrics).toMatchObject({ aucWithinTask: 1, invalid: 0 });
    const profile = JSON.parse(readFileSync(join(trainedJudge, 'profile.json'), 'utf8')) as JudgeProfile;
    expect(profile).toMatchObject({
      name: 'judge',
      method: 'probe',
      layout: 'compact',
      training: { method: 'probe', objective: 'verdict', rows: 32, seed: 0 },
    });
    expect(profile.confidenceBounds?.max).toBeGreaterThan(0.5);

    const candidates = await judge(trainedJudge);
    expect(candidates.map(({ rank }) => rank)).toEqual([2, 1]);
    expect(candidates[1]?.verdicts[0]).toMatchObject({ judge: 'judge', label: 1, labelMass: null });
  });

  it('computes no state twice, and gives the same bytes again', async () => {
    const before = readFileSync(join(trainedJudge, 'probe.json'));
    const states = readdirSync(join(home, 'hidden-states'));
    const again = await train(join(folder, 'dataset'), [
      '--out',
      `${trainedJudge}-2`,
      '--probe-layers',
      '1,2',
    ]);
    expect(again.stdout).toContain('AUC within task');
    expect(readFileSync(join(`${trainedJudge}-2`, 'probe.json'))).toEqual(before);
    expect(readdirSync(join(home, 'hidden-states'))).toEqual(states);
  });

  it('decides by what it is told to', async () => {
    const dataset = join(folder, 'dataset');
    for (const features of ['states', 'states+likelihood']) {
      const out = join(folder, features);
      const more = ['--out', out, '--probe-layers', '1', '--pooling', 'mean', '--features', features];
      const { stdout } = await train(dataset, [...more, '--json']);
      expect(JSON.parse(stdout).compared).toMatchObject([{ features }]);
      const probe = JSON.parse(readFileSync(join(out, 'probe.json'), 'utf8'));
      expect(probe.likelihood === null).toBe(features === 'states');
      expect((await judge(out)).map(({ rank }) => rank)).toEqual([2, 1]);
    }
  });

  it('reads a probe of before there was a second level', async () => {
    const [probe, profile] = ['probe', 'profile'].map((name) =>
      JSON.parse(readFileSync(join(folder, 'states', `${name}.json`), 'utf8')),
    );
    const { likelihood: _none, ...old } = probe;
    const path = join(folder, 'old');
    mkdirSync(path);
    writeFileSync(join(path, 'probe.json'), JSON.stringify(old));
    writeFileSync(join(path, 'profile.json'), JSON.stringify({ ...profile, probeDigest: null }));
    expect((await judge(path)).map(({ rank }) => rank)).toEqual([2, 1]);
  });

  it('trains beside an adapter, which the judge keeps', async () => {
    const [adapter, out] = [join(folder, 'lora.gguf'), join(folder, 'adapted')];
    await writeTinyLora(adapter);
    const more = ['--out', out, '--probe-layers', '1', '--adapter', adapter, '--json'];
    const { profile } = JSON.parse((await train(join(folder, 'dataset'), more)).stdout);
    expect(profile).toMatchObject({ method: 'probe', adapter: 'adapter.gguf' });
    expect(profile.modelDigest).toMatch(/^[0-9a-f]{64}$/);
    rmSync(adapter);
    expect((await judge(out)).map(({ rank }) => rank)).toEqual([2, 1]);
    await writeTinyLora(join(out, 'adapter.gguf'), { seed: 2 });
    const changed = await runCodejury(judgeArguments(out), { home, env });
    expect(changed.stderr).toContain('measured with other weights');
  });

  it('refuses a judge whose probe was changed', async () => {
    const probe = JSON.parse(readFileSync(join(trainedJudge, 'probe.json'), 'utf8'));
    writeFileSync(join(`${trainedJudge}-2`, 'probe.json'), JSON.stringify({ ...probe, intercept: 1 }));
    const judged = await runCodejury(
      [
        'judge',
        '--task',
        join(folder, 'task.json'),
        '--judge',
        join(`${trainedJudge}-2`, 'profile.json'),
        join(folder, 'right.py'),
      ],
      { home, env },
    );
    expect(judged.status).toBe(1);
    expect(judged.stderr).toContain('measured with another probe');
  });

  it.each([
    ['one-class', [], 'nothing a probe could learn'],
    ['dataset', ['--probe-layers', '3'], 'has 2 layers, received 3'],
    ['dataset', ['--adapter', 'absent.gguf'], 'cannot read the adapter'],
    ['dataset', ['--features', 'all'], '--features: expected'],
    ['dataset', ['--objective', 'rankef'], 'a probe learns verdicts only'],
    ['dataset', ['--model', 'openai:m@http://127.0.0.1:9/v1'], 'sits behind a server'],
    ['absent', [], 'there is no dataset'],
  ] as const)('refuses %s %j', async (dataset, more, message) => {
    const result = await train(join(folder, dataset), ['--out', join(folder, 'none'), ...more]);
    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain(message);
  });
});
