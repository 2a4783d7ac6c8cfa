import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTinyDataset } from '../../../test/support/tiny-dataset.ts';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { tinyTrainOptions } from '../../../test/support/train-options.ts';
import type { Probe } from '../../contracts/probe.ts';
import { writeTinyGguf } from '../../testing/write-tiny-gguf.ts';
import { writeTinyLora } from '../../testing/write-tiny-lora.ts';
import { runJudge } from '../run-judge.ts';
import { runTrainProbe } from './run-train-probe.ts';
import type { TrainOptions } from './train-options.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const model = folder.path('tiny.gguf');
const { signal } = new AbortController();
/** A judge that decides by states, for tests that do not train. */
const ready = folder.path('ready');

beforeAll(async () => {
  await writeTinyGguf(model, { contextSize: 256 });
  writeTinyDataset(folder.path('dataset'), { train: 8, validation: 4 });
  writeTinyDataset(folder.path('one-class'), { train: 8, validation: 4, without: 0 });
  writeFileSync(
    folder.path('task.json'),
    JSON.stringify({ description: 'Add 9.', signature: 'def f(a):', language: 'python' }),
  );
  writeFileSync(folder.path('right.py'), 'def f(a):\n    return a + 9\n');
  writeFileSync(folder.path('wrong.py'), 'def f(a):\n    return a - 9\n');
  await train({ out: ready, features: 'states' });
});

/** Trains on the first layer's mean, if not told otherwise. */
function train({ dataset = 'dataset', ...overrides }: Partial<TrainOptions>, home = 'home') {
  const places = { dataset: folder.path(dataset), model, out: folder.path('unused') };
  return runTrainProbe(
    tinyTrainOptions(places, {
      method: 'probe',
      probeLayers: [1],
      pooling: 'mean',
      env: { CODEJURY_HOME: folder.path(home) },
      ...overrides,
    }),
  );
}

/** The ranks that a judge gives to a wrong and a correct candidate, and what it says of the second. */
async function judge(path: string) {
  const { candidates } = await runJudge({
    taskFile: folder.path('task.json'),
    files: ['wrong.py', 'right.py'].map(folder.path),
    candidatesFile: null,
    teamFile: null,
    overrides: { team: { judges: [{ profile: path }] } },
    useCache: false,
    offline: true,
    env: {},
    stdin: Readable.from([]),
    signal,
  });
  return candidates.map(({ rank }) => rank);
}

const read = (path: string, name: string) => JSON.parse(readFileSync(join(path, name), 'utf8'));

describe('runTrainProbe', () => {
  it('computes no state twice, and gives the same bytes again', async () => {
    const facts = () => {
      const states = folder.path('fresh/hidden-states');
      return readdirSync(states).map((name) => [name, statSync(join(states, name)).mtimeMs]);
    };
    const outs = ['first', 'second'].map(folder.path);
    const seen: ReturnType<typeof facts>[] = [];
    for (const out of outs) {
      await train({ out, probeLayers: [1, 2], pooling: null }, 'fresh');
      seen.push(facts());
    }
    expect(seen[0]?.length).toBeGreaterThan(0);
    expect(seen[1]).toEqual(seen[0]);
    const [first, second] = outs.map((out) => readFileSync(join(out, 'probe.json'), 'utf8'));
    expect(second).toBe(first);
  });

  it.each(['states', 'states+likelihood'] as const)('decides by %s where it is told to', async (features) => {
    const out = folder.path(features);
    expect((await train({ out, features })).compared).toMatchObject([{ features }]);
    expect((read(out, 'probe.json') as Probe).likelihood === null).toBe(features === 'states');
    expect(await judge(out)).toEqual([2, 1]);
  });

  it.each([
    ['there was a second level', {}],
    ['the length of the code counted', { likelihood: { score: 1, meanLogProbability: 0, intercept: 0 } }],
  ])('reads a probe of before %s', async (_when, second) => {
    const old = folder.path('old');
    cpSync(ready, old, { recursive: true });
    const { likelihood: _none, ...probe } = read(ready, 'probe.json');
    writeFileSync(join(old, 'probe.json'), JSON.stringify({ ...probe, ...second }));
    const profile = { ...read(ready, 'profile.json'), probeDigest: null, templateHash: null };
    writeFileSync(join(old, 'profile.json'), JSON.stringify(profile));
    expect(await judge(old)).toEqual([2, 1]);
  });

  it('trains beside an adapter, which the judge keeps', async () => {
    const [adapter, out] = [folder.path('lora.gguf'), folder.path('adapted')];
    await writeTinyLora(adapter);
    const { profile } = await train({ out, adapter });
    expect(profile).toMatchObject({ method: 'probe', adapter: 'adapter.gguf' });
    expect(profile?.modelDigest).toMatch(/^[0-9a-f]{64}$/);
    rmSync(adapter);
    expect(await judge(out)).toEqual([2, 1]);
    await writeTinyLora(join(out, 'adapter.gguf'), { seed: 2 });
    await expect(judge(out)).rejects.toThrow('measured with other weights');
  });

  it('makes a judge whose probe must not be changed', async () => {
    const changed = folder.path('changed');
    cpSync(ready, changed, { recursive: true });
    const probe = { ...read(ready, 'probe.json'), intercept: 1 };
    writeFileSync(join(changed, 'probe.json'), JSON.stringify(probe));
    await expect(judge(changed)).rejects.toMatchObject({
      code: 'digest-mismatch',
      message: expect.stringContaining('measured with another probe'),
    });
  });

  it.each([
    [{ dataset: 'one-class' }, 'nothing a probe could learn'],
    [{ probeLayers: [3] }, 'has 2 layers, received 3'],
    [{ adapter: 'absent.gguf' }, 'cannot read the adapter'],
    [{ objective: 'rankef' }, 'a probe learns verdicts only'],
    [{ model: 'openai:m@http://127.0.0.1:9/v1' }, 'sits behind a server'],
    [{ dataset: 'absent' }, 'there is no dataset'],
  ] as const)('refuses %j', async (overrides, message) => {
    await expect(train({ ...overrides })).rejects.toThrow(message);
  });
});
