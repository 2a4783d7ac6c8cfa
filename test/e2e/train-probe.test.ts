import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JudgeProfile } from '../../src/contracts/judge-profile.ts';
import { writeTinyGguf } from '../../src/testing/index.ts';
import { writeTinyDataset } from '../support/tiny-dataset.ts';
import { temporaryFolder } from '../support/tiny-model.ts';
import { runCodejury } from './run-codejury.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const home = folder.path('home');
const model = folder.path('tiny.gguf');
// A folder without a program in it: there is no Python.
const env = { PATH: folder.path('empty') };

beforeAll(async () => {
  mkdirSync(env.PATH);
  await writeTinyGguf(model, { contextSize: 256 });
  writeTinyDataset(folder.path('dataset'), { train: 8, validation: 4 });
});

const train = (...more: string[]) =>
  runCodejury(
    [
      'train',
      ...['--dataset', folder.path('dataset'), '--model', model, '--method', 'probe', '--layout', 'compact'],
      ...['--out', folder.path('judge'), ...more],
    ],
    { home, env },
  );

// What is trained, and from what, is tested where it is written: src/pipeline/train.
describe('codejury train --method probe', () => {
  it('trains without Python, and the judge is used by its profile', async () => {
    const trained = await train('--probe-layers', '1,2', '--json');
    expect(trained.stderr).not.toContain('error');
    expect(trained.stderr).toContain('with fewer than 20 of each');
    const result = JSON.parse(trained.stdout);
    expect(result).toMatchObject({ kind: 'judge', rows: { train: 32, validation: 16 } });
    const features = result.compared.map(({ features }: { features: string }) => features);
    expect(features.filter((each: string) => each === 'states')).toHaveLength(6);
    expect(features.filter((each: string) => each === 'states+likelihood')).toHaveLength(6);
    expect(result.metrics).toMatchObject({ aucWithinTask: 1, invalid: 0 });
    const judge = folder.path('judge');
    const profile = JSON.parse(readFileSync(join(judge, 'profile.json'), 'utf8')) as JudgeProfile;
    expect(profile).toMatchObject({
      name: 'judge',
      method: 'probe',
      layout: 'compact',
      training: { method: 'probe', objective: 'verdict', rows: 32, seed: 0 },
    });
    expect(profile.confidenceBounds?.max).toBeGreaterThan(0.5);

    const task = { description: 'Add 5.', signature: 'def f(a):', language: 'python' };
    const files = { 'task.json': JSON.stringify(task), 'wrong.py': 'def f(a):\n    return a - 5\n' };
    for (const [name, text] of Object.entries({ ...files, 'right.py': 'def f(a):\n    return a + 5\n' })) {
      writeFileSync(folder.path(name), text);
    }
    const judged = await runCodejury(
      [
        ...['judge', '--task', folder.path('task.json'), '--judge', join(judge, 'profile.json')],
        ...[folder.path('wrong.py'), folder.path('right.py'), '--json'],
      ],
      { home, env },
    );
    const { candidates } = JSON.parse(judged.stdout) as {
      candidates: { rank: number; verdicts: object[] }[];
    };
    expect(candidates.map(({ rank }) => rank)).toEqual([2, 1]);
    expect(candidates[1]?.verdicts[0]).toMatchObject({ judge: 'judge', label: 1, labelMass: null });
  });

  it.each([
    ['--features', 'all', '--features: expected'],
    ['--epochs', '2', '--epochs is not used by --method probe'],
  ])('refuses %s %s', async (flag, value, message) => {
    const { status, stderr } = await train(flag, value);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
