import { afterAll, describe, expect, it } from 'vitest';
import { readGgufHeader } from '../../src/io/gguf/read-gguf-header.ts';
import { openLlamaModel } from '../../src/lm/llama/open-llama-model.ts';
import { openPromptTokenizer } from '../../src/lm/llama/open-prompt-tokenizer.ts';
import { zeroShotJudgePrompt } from '../../src/prompts/zero-shot-judge.ts';
import { listBundledTasks } from '../../src/tasks/bundled-tasks.ts';
import { writeTinyGguf } from '../../src/testing/index.ts';
import { exportAdapter } from '../../src/train/export/export-adapter.ts';
import { exportWeights } from '../../src/train/export/export-weights.ts';
import type { WeightFormat } from '../../src/train/export/quantize.ts';
import { findRealModel } from '../support/real-model.ts';
import { TINY_LABELS, temporaryFolder, tinyOptions } from '../support/tiny-model.ts';
import { askTorch, trainerPython } from './ask-torch.ts';

const { python, reason } = await trainerPython(process.env);
const real = python === null ? null : await findRealModel();
const folder = await temporaryFolder();
const EVERY_MATRIX = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'];

afterAll(() => folder.remove());

interface JudgePrompt {
  readonly shared: string;
  readonly own: string;
}

const TINY_PROMPTS: readonly JudgePrompt[] = [
  { shared: 'def f(a):', own: ' return a + 12' },
  { shared: 'def f(a):', own: ' return b == 0\n' },
  { shared: '', own: 'é 漢字 \t x' },
];

/** Judge prompts of bundled tasks with their own solutions; those after the first round have a solution that was damaged. */
async function judgePrompts(count: number): Promise<readonly JudgePrompt[]> {
  const tasks = (await listBundledTasks()).filter(({ canonical }) => canonical !== null);
  return Array.from({ length: count }, (_value, index) => {
    const task = tasks[index % tasks.length];
    if (task?.canonical == null) throw new Error('no bundled task has a solution');
    return zeroShotJudgePrompt(
      task,
      index < tasks.length ? task.canonical : task.canonical.replace(/[+<>=-]|\d/, ' not '),
    );
  });
}

/** Prompts and labels in the engine's tokens: what the trainer's rows hold, too. */
async function tokenise(path: string, prompts: readonly JudgePrompt[]) {
  const tokenizer = await openPromptTokenizer({ name: 'model', path, gpu: 'off', chatTemplate: null });
  try {
    return {
      rows: prompts.map((prompt) => tokenizer.encodeQuestion({ kind: 'chat', system: null, ...prompt })),
      labels: tokenizer.labelTokens(TINY_LABELS),
    };
  } finally {
    await tokenizer.dispose();
  }
}

/** P(0) and P(1) after each prompt, as the engine says. */
async function engineScores(path: string, adapter: string | null, prompts: readonly JudgePrompt[]) {
  const model = await openLlamaModel(
    tinyOptions(path, { adapter: adapter === null ? null : { path: adapter, scale: 1, digest: null } }),
  );
  try {
    const scores: (readonly number[])[] = [];
    for (const prompt of prompts) {
      const score = await model.scoreLabels?.({
        kind: 'chat',
        system: null,
        ...prompt,
        labels: TINY_LABELS,
      });
      scores.push(score?.probabilities ?? []);
    }
    return scores;
  } finally {
    await model.dispose();
  }
}

interface Difference {
  /** Largest difference of P(1) / (P(0) + P(1)). */
  readonly twoWay: number;
  /** Largest difference of the natural logarithm of a label's probability. */
  readonly logProbability: number;
}

/** Torch with what was made against the engine with what `exported` gives it. */
async function compare(
  base: string,
  prompts: readonly JudgePrompt[],
  make: Readonly<Record<string, unknown>> | null,
  exported: () => Promise<{ readonly model: string; readonly adapter: string | null }>,
): Promise<Difference> {
  const { rows, labels } = await tokenise(base, prompts);
  const torch = await askTorch(python ?? '', { gguf: base, make, rows, labels: labels.flat(), texts: [] });
  const { model, adapter } = await exported();
  const engine = await engineScores(model, adapter, prompts);
  const differences = engine.map((served, row): Difference => {
    const left = [...(torch.logProbabilities[row] ?? [])];
    const trained = labels.map((tokens) =>
      left.splice(0, tokens.length).reduce((sum, value) => sum + Math.exp(value), 0),
    );
    const share = ([zero = Number.NaN, one = Number.NaN]: readonly number[]) => one / (zero + one);
    return {
      twoWay: Math.abs(share(trained) - share(served)),
      logProbability: Math.max(
        ...trained.map((value, label) => Math.abs(Math.log(value / (served[label] ?? 0)))),
      ),
    };
  });
  return {
    twoWay: Math.max(...differences.map(({ twoWay }) => twoWay)),
    logProbability: Math.max(...differences.map(({ logProbability }) => logProbability)),
  };
}

const lora = (targets: readonly string[], rslora: boolean, spread: number) => ({
  kind: 'lora',
  folder: folder.path('lora'),
  seed: 1,
  rank: 4,
  alpha: 8,
  targets,
  rslora,
  spread,
});

async function adapterOf(base: string, format: 'F16' | 'F32') {
  const out = folder.path('lora.gguf');
  await exportAdapter({ folder: folder.path('lora'), base: await readGgufHeader(base), out, format });
  return { model: base, adapter: out };
}

// The engine keeps keys and values as F16: that is all of the difference between two computations in float32. With F32 ones the last
// case below differs by 5e-7 (log-probability 2e-6), with F16 by 6e-4 (1e-2), and with rows of q and k in the wrong order by 0.88 (6.3).
describe.skipIf(python === null)(`trainer and engine, a tiny model in float32: ${reason ?? python}`, () => {
  const base = folder.path('tiny.gguf');

  it.each([
    ['the model as it is', null],
    ['every matrix adapted', lora(EVERY_MATRIX, false, 0.1)],
    ['queries and keys alone, rsLoRA', lora(['q_proj', 'k_proj'], true, 0.3)],
  ])('%s: the same probabilities', async (_, make) => {
    await writeTinyGguf(base);
    const difference = await compare(base, TINY_PROMPTS, make, async () =>
      make === null ? { model: base, adapter: null } : await adapterOf(base, 'F32'),
    );
    expect(difference.twoWay).toBeLessThan(2e-3);
    expect(difference.logProbability).toBeLessThan(3e-2);
  });

  it.each<[WeightFormat, number]>([
    ['F32', 2e-3],
    ['F16', 5e-3],
    ['Q8_0', 5e-2],
  ])('all weights trained and written as %s: the same within its rounding', async (format, tolerance) => {
    await writeTinyGguf(base);
    const trained = folder.path('full');
    const model = folder.path(`full-${format}.gguf`);
    const make = { kind: 'full', folder: trained, seed: 1, spread: 0.3 };
    const difference = await compare(base, TINY_PROMPTS, make, async () => {
      const { signal } = new AbortController();
      const weights = `${trained}/model.safetensors`;
      await exportWeights({ weights, base, out: model, format, name: 'trained', chatTemplate: null, signal });
      return { model, adapter: null };
    });
    expect(difference.twoWay).toBeLessThan(tolerance);
  });
});

const path = real?.path ?? null;
// Its weights have 4 bits, and the engine rounds activations to 8, which torch does not.
describe.skipIf(path === null)(
  `trainer and engine, the embedded model: ${reason ?? real?.reason ?? path}`,
  () => {
    it('the engine splits 200 judge prompts as the tokenizer the model was trained with', async () => {
      const texts = (await judgePrompts(200)).map(({ shared, own }) => shared + own);
      const tokenizer = await openPromptTokenizer({
        name: 'model',
        path: path ?? '',
        gpu: 'off',
        chatTemplate: null,
      });
      try {
        const torch = await askTorch(python ?? '', {
          gguf: path ?? '',
          make: null,
          rows: [],
          labels: [],
          texts,
        });
        expect(
          texts.filter((text, at) => tokenizer.encodeContinuation(text).join() !== torch.tokens[at]?.join()),
        ).toEqual([]);
      } finally {
        await tokenizer.dispose();
      }
    });

    it.each([
      ['as it is', null],
      ['adapted', lora(EVERY_MATRIX, false, 0.02)],
    ])('%s: probabilities within what quantised activations cost', async (_, make) => {
      const base = path ?? '';
      const difference = await compare(base, await judgePrompts(6), make, async () =>
        make === null ? { model: base, adapter: null } : await adapterOf(base, 'F16'),
      );
      expect(difference.twoWay).toBeLessThan(0.08);
    });
  },
);
