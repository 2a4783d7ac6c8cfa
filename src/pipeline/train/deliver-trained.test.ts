import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../../test/support/encode-safetensors.ts';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { judgeProfileSchema } from '../../contracts/judge-profile.ts';
import { judgeConfigSchema } from '../../contracts/team.ts';
import { readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { probePrompt } from '../../prompts/probe-prompt.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import type { RunConfig } from '../../train/run-config.ts';
import { openJudge } from '../open-judge.ts';
import { openModelOpener } from '../open-model.ts';
import { deliverTrained } from './deliver-trained.ts';
import type { TrainProgress } from './train-progress.ts';
import type { Trained } from './train-result.ts';

const folder = await temporaryFolder();
const base = folder.path('base.gguf');
const { signal } = new AbortController();
let width = 0;

beforeAll(async () => {
  // After the header of the answer the model says 1 with probability e / (1 + e).
  await writeTinyGguf(base, { contextSize: 2048, transitions: { '\n': { '1': 1, '0': 0 } } });
  const { tensors } = await readGgufHeader(base);
  width = tensors.find(({ name }) => name === 'output_norm.weight')?.dimensions[0] ?? 0;
});
afterAll(() => folder.remove());

const TRAINED: Trained = {
  format: 1,
  epochs: 3,
  bestEpoch: 2,
  history: [{ epoch: 2, metrics: { kappa: 0.5 } }],
  rows: { train: 10, validation: 4, tooLong: 1 },
  versions: { torch: '9.9' },
  files: {},
};

function configOf(changes: Partial<RunConfig>): RunConfig {
  const label = (name: string, correct: boolean) => ({
    name,
    forms: [name, ` ${name}`],
    correct,
    tokens: [1],
  });
  return {
    format: 1,
    codejury: '0.0.0',
    objective: 'verdict',
    method: 'lora',
    architecture: 'decoder',
    scheme: null,
    base: { kind: 'gguf', reference: `file:${base}`, path: base, digest: null },
    prompt: { layout: 'compact', kind: 'chat' },
    labels: [label('0', false), label('1', true)],
    head: null,
    dataset: { name: 'data', digest: 'd' },
    files: { train: 'train.jsonl', validation: 'validation.jsonl', firstStage: null },
    rows: {},
    balanceTasks: false,
    limitRows: null,
    epochs: 3,
    firstStageEpochs: 1,
    learningRate: 1e-4,
    weightDecay: 0,
    warmup: 0,
    schedule: 'linear',
    batchSize: 1,
    microBatchSize: 1,
    lora: { rank: 2, alpha: 4, dropout: 0 },
    layers: null,
    maxLength: 2048,
    classWeights: false,
    labelSmoothing: 0,
    labelShare: null,
    packing: 'task',
    pairwise: 0,
    seed: 1,
    precision: 'auto',
    gradientCheckpointing: false,
    cacheLowerLayers: false,
    checkpointSeconds: 600,
    ...changes,
  };
}

/** A run folder as the trainer leaves it. */
async function finishedRun(name: string, config: RunConfig): Promise<string> {
  const run = folder.path(name);
  const result = join(run, 'result');
  await mkdir(result, { recursive: true });
  const module = 'base_model.model.model.layers.0.mlp.down_proj';
  const zeros = { shape: [2, width], values: Array(2 * width).fill(0) };
  const prompts = [0, 1, 0, 1].map((label, index) => ({
    taskId: `t${index % 2}`,
    candidateId: `c${index}`,
    shared: 'Add one.\n',
    own: `return x + ${index}`,
    label,
  }));
  const files: Readonly<Record<string, string | Buffer>> = {
    'config.json': JSON.stringify(config),
    'validation-prompts.jsonl': prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join(''),
    'result/adapter_config.json': JSON.stringify({ peft_type: 'LORA', r: 2, lora_alpha: 4 }),
    'result/adapter_model.safetensors': encodeSafetensors({
      [`${module}.lora_A.weight`]: zeros,
      [`${module}.lora_B.weight`]: { ...zeros, shape: [width, 2] },
    }),
    'result/model.safetensors': encodeSafetensors({
      'model.norm.weight': { shape: [width], values: Array(width).fill(1) },
    }),
  };
  for (const [file, content] of Object.entries(files)) await writeFile(join(run, file), content);
  return run;
}

/** Right programs add, wrong ones subtract. */
const PROBED = [...Array(12).keys()].map((index) => ({
  task: { id: `t${index % 6}`, problem: null, description: `Add ${index % 6}.`, signature: 'def f(x):' },
  code: `def f(x):\n    return x ${index < 6 ? '+' : '-'} ${index % 6}`,
  label: index < 6 ? 1 : 0,
}));

/** What a head may have learned: the way from wrong ones to right ones, on a scale and level of its own. */
async function headFile(): Promise<object> {
  const opener = openModelOpener({ env: {}, offline: true, signal });
  try {
    const config = judgeConfigSchema.parse({ model: `file:${base}` });
    const { model } = await opener.open({ ...config, model: `file:${base}`, labels: null, folder: '.' });
    const sum = new Float64Array(width);
    for (const { task, code, label } of PROBED) {
      const prompt = probePrompt('compact', task, code);
      const states = await model.hiddenStates?.({ kind: 'text', system: null, ...prompt, layer: 1, signal });
      for (const [index, value] of states?.mean.entries() ?? []) {
        sum[index] = (sum[index] ?? 0) + (label === 1 ? value : -value);
      }
    }
    return { layer: 1, coefficients: [...sum].map((value) => 20 * value), intercept: 7 };
  } finally {
    await opener.dispose();
  }
}

async function deliver(name: string, changes: Partial<RunConfig>) {
  const out = folder.path(`${name}-judge`);
  const seen: TrainProgress['kind'][] = [];
  const notices: string[] = [];
  const result = await deliverTrained(await finishedRun(name, configOf(changes)), TRAINED, {
    out,
    licence: 'MIT',
    env: { CODEJURY_HOME: folder.path('home') },
    signal,
    offline: true,
    onProgress: ({ kind }) => void seen.push(kind),
    onNotice: (notice) => void notices.push(notice),
  });
  return { out, result, seen, notices };
}

describe('deliverTrained', () => {
  it.each([
    ['lora', 'adapter.gguf'],
    ['full', 'model.gguf'],
  ] as const)('%s: a judge that opens, measured as it is served', async (method, weights) => {
    const { out, result, seen, notices } = await deliver(method, { method });
    expect((await readdir(out)).sort()).toEqual(['README.md', weights, 'profile.json'].sort());
    const profile = judgeProfileSchema.parse(JSON.parse(await readFile(join(out, 'profile.json'), 'utf8')));
    expect(result).toMatchObject({ kind: 'judge', out, profile, bestEpoch: 2 });
    expect(profile).toMatchObject({
      name: `${method}-judge`,
      licence: 'MIT',
      method: 'verdict',
      layout: 'compact',
      training: { method, epochs: 2, rows: 10, datasetDigest: 'd' },
      // It says correct to everything.
      metrics: { candidates: 4, positives: 2, invalid: 0, kappa: 0, recall: 1, auc: 0.5 },
      platt: null,
    });
    expect(profile.confidenceBounds?.min).toBeCloseTo(Math.E / (1 + Math.E), 2);
    expect(seen.filter((kind) => kind === 'validating')).toHaveLength(4);
    expect(notices).toEqual([
      expect.stringContaining('no Platt scaling can be fitted on the answers about 2 correct and 2 wrong'),
    ]);
    const card = await readFile(join(out, 'README.md'), 'utf8');
    expect(card).toContain('- licence: MIT');
    expect(card).toContain('| kappa | 0.000 |');
    expect(card).toContain('| 0.500 |');
    expect(card).toContain('The epoch was chosen and the calibration fitted on the same validation tasks');

    const opener = openModelOpener({ env: {}, offline: true, signal });
    try {
      const config = judgeConfigSchema.parse({ profile: join(out, 'profile.json') });
      const judge = await openJudge(config, { folder: out, languages: [], opener });
      const task = { id: 't', problem: 't', language: 'python', description: 'Do.', signature: 'def f():' };
      const answer = await judge.strategy.ask({ model: judge.model, task, code: 'def f(): pass', signal });
      expect(answer.label).toBe(1);
    } finally {
      await opener.dispose();
    }
  });

  it.each(['states', 'states+likelihood'] as const)(
    'a head becomes a probe beside its adapter, by %s',
    async (features) => {
      const name = features === 'states' ? 'head' : 'head2';
      const run = folder.path(name);
      await mkdir(join(run, 'result'), { recursive: true });
      await writeFile(join(run, 'result/head.json'), JSON.stringify(await headFile()));
      await writeFile(
        join(run, 'validation-rows.jsonl'),
        PROBED.map((row) => `${JSON.stringify(row)}\n`).join(''),
      );
      const { out, result, notices } = await deliver(name, {
        head: { layer: 1, strength: 0.01, features },
        pairwise: 0.5,
        prompt: { layout: 'compact', kind: 'text' },
      });
      expect((await readdir(out)).sort()).toEqual([
        'README.md',
        'adapter.gguf',
        'probe.json',
        'profile.json',
      ]);
      // Whatever level the head came with, "correct" begins at one half.
      expect(result.profile).toMatchObject({
        method: 'probe',
        adapter: 'adapter.gguf',
        probe: 'probe.json',
        training: {
          method: 'lora',
          epochs: 2,
          settings: {
            layer: 1,
            features,
            headStrength: 0.01,
            pairwise: 0.5,
            packing: 'task',
            labelShare: null,
          },
        },
        metrics: { candidates: 12, positives: 6, invalid: 0, kappa: 1, aucWithinTask: 1 },
      });
      expect(notices).toEqual([expect.stringContaining('6 correct and 6 wrong')]);
      const card = await readFile(join(out, 'README.md'), 'utf8');
      expect(card).toContain('pairwise 0.5');
      expect(card).toMatch(/Epoch, level, threshold, .* likelihood .* all decided on the same validation/);
      const opener = openModelOpener({ env: {}, offline: true, signal });
      try {
        const config = judgeConfigSchema.parse({ profile: join(out, 'profile.json') });
        const judge = await openJudge(config, { folder: out, languages: [], opener });
        const task = {
          id: 't',
          problem: 't',
          language: 'python',
          description: 'Add 3.',
          signature: 'def f(x):',
        };
        const ask = (code: string) => judge.strategy.ask({ model: judge.model, task, code, signal });
        expect((await ask('def f(x):\n    return x + 3')).label).toBe(1);
        expect((await ask('def f(x):\n    return x - 3')).label).toBe(0);
      } finally {
        await opener.dispose();
      }
    },
  );

  it.each([
    ['missing', null, 'not-found'],
    ['cut', '{"layer": 1, "coeff', 'usage'],
  ] as const)('a head that is %s is an expected fault', async (state, text, code) => {
    const name = `head-${state}`;
    await mkdir(join(folder.path(name), 'result'), { recursive: true });
    const file = join(folder.path(name), 'result/head.json');
    if (text !== null) await writeFile(file, text);
    const head = { layer: 1, strength: 0.01, features: null };
    await expect(deliver(name, { head })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(file),
      hint: expect.stringContaining('train anew'),
    });
  });

  it('tells of a judge that never answers with its labels', async () => {
    const labels = ['2', '3'].map((name) => ({ name, forms: [name], correct: name === '3', tokens: null }));
    const { result, notices } = await deliver('silent', { labels });
    expect(result.metrics).toMatchObject({ candidates: 4, invalid: 4, kappa: null });
    expect(notices).toEqual([expect.stringContaining('only invalid answers to the 4 candidates')]);
  });

  it('a generator gets its weights and no profile', async () => {
    const { out, result } = await deliver('generator', { objective: 'generate', labels: null });
    expect(await readdir(out)).toEqual(['adapter.gguf']);
    expect(result).toMatchObject({ kind: 'generator', profile: null });
  });

  it('what only transformers loads stays where it is', async () => {
    const kind = 'transformers';
    const { result } = await deliver('codet5', {
      base: { kind, reference: 'transformers:x', path: 'x', digest: null },
    });
    expect(result).toMatchObject({ kind: 'trained', profile: null });
  });
});
