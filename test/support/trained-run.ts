import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGgufHeader } from '../../src/io/gguf/read-gguf-header.ts';
import { deliverTrained } from '../../src/pipeline/train/deliver-trained.ts';
import type { TrainProgress } from '../../src/pipeline/train/train-progress.ts';
import type { Trained } from '../../src/pipeline/train/train-result.ts';
import { writeTinyGguf } from '../../src/testing/index.ts';
import type { RunConfig } from '../../src/train/run-config.ts';
import { encodeSafetensors } from './encode-safetensors.ts';
import { temporaryFolder } from './tiny-model.ts';

const TRAINED: Trained = {
  format: 1,
  epochs: 3,
  bestEpoch: 2,
  history: [{ epoch: 2, metrics: { kappa: 0.5 } }],
  rows: { train: 10, validation: 4, tooLong: 1 },
  versions: { torch: '9.9' },
  files: {},
};

function configOf(base: string, changes: Partial<RunConfig>): RunConfig {
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

/** A base model in a folder of its own and the way from a run to a judge; call `folder.remove` afterwards. */
export async function openTrainedRuns() {
  const folder = await temporaryFolder();
  const base = folder.path('base.gguf');
  // After the header of the answer the model says 1 with probability e / (1 + e).
  await writeTinyGguf(base, { contextSize: 2048, transitions: { '\n': { '1': 1, '0': 0 } } });
  const { tensors } = await readGgufHeader(base);
  const width = tensors.find(({ name }) => name === 'output_norm.weight')?.dimensions[0] ?? 0;

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

  /** Delivers what a training of this name and configuration left. */
  async function deliver(name: string, changes: Partial<RunConfig>) {
    const out = folder.path(`${name}-judge`);
    const seen: TrainProgress['kind'][] = [];
    const notices: string[] = [];
    const result = await deliverTrained(await finishedRun(name, configOf(base, changes)), TRAINED, {
      out,
      licence: 'MIT',
      env: { CODEJURY_HOME: folder.path('home') },
      signal: new AbortController().signal,
      offline: true,
      onProgress: ({ kind }) => void seen.push(kind),
      onNotice: (notice) => void notices.push(notice),
    });
    return { out, result, seen, notices };
  }

  return { folder, base, width, deliver };
}
