import { afterAll, describe, expect, it } from 'vitest';
import { readGgufHeader } from '../../src/io/gguf/read-gguf-header.ts';
import { requireCapability } from '../../src/lm/language-model.ts';
import { openLlamaModel } from '../../src/lm/llama/open-llama-model.ts';
import { openPromptTokenizer } from '../../src/lm/llama/open-prompt-tokenizer.ts';
import { type ProbePrompt, probePrompt } from '../../src/prompts/probe-prompt.ts';
import { listBundledTasks } from '../../src/tasks/bundled-tasks.ts';
import { writeTinyGguf } from '../../src/testing/index.ts';
import { exportAdapter } from '../../src/train/export/export-adapter.ts';
import { findRealModel } from '../support/real-model.ts';
import { temporaryFolder, tinyOptions } from '../support/tiny-model.ts';
import { askTorch, trainerPython } from './ask-torch.ts';

const { python, reason } = await trainerPython(process.env);
const real = python === null ? null : await findRealModel();
const folder = await temporaryFolder();

afterAll(() => folder.remove());

async function prompts(count: number): Promise<readonly ProbePrompt[]> {
  const tasks = (await listBundledTasks()).slice(0, count);
  return tasks.map((task) => probePrompt('compact', task, task.canonical ?? ''));
}

/** ‖served − trained‖ / ‖trained‖ of each prompt: the engine's states of a layer and of the next one, the trainer's of that layer. */
async function differences(
  base: string,
  layer: number,
  asked: readonly ProbePrompt[],
  adapter: { readonly spread: number; readonly format: 'F16' | 'F32' },
): Promise<{ readonly same: readonly number[]; readonly next: readonly number[] }> {
  const tokenizer = await openPromptTokenizer({ name: 'model', path: base, gpu: 'off', chatTemplate: null });
  const rows = asked.map((prompt) => tokenizer.encodeParts({ kind: 'text', system: null, ...prompt }));
  await tokenizer.dispose();
  const torch = await askTorch(python ?? '', {
    gguf: base,
    make: {
      kind: 'lora',
      folder: folder.path('lora'),
      seed: 1,
      rank: 4,
      alpha: 8,
      targets: ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'],
      rslora: false,
      spread: adapter.spread,
    },
    rows: rows.map(({ tokens }) => tokens),
    labels: [],
    texts: [],
    head: { layer, owns: rows.map(({ start, end }) => [start, end]) },
  });
  const path = folder.path('lora.gguf');
  const header = await readGgufHeader(base);
  await exportAdapter({ folder: folder.path('lora'), base: header, out: path, format: adapter.format });
  const derivedFolder = folder.path('derived');
  const model = await openLlamaModel(
    tinyOptions(base, { adapter: { path, scale: 1, digest: null }, derivedFolder }),
  );
  try {
    const same: number[] = [];
    const next: number[] = [];
    for (const [row, prompt] of asked.entries()) {
      const trained = torch.states[row] ?? [];
      for (const [served, found] of [
        [layer, same],
        [layer + 1, next],
      ] as const) {
        const ask = requireCapability(model, 'hiddenStates');
        const { mean } = await ask({ kind: 'text', system: null, ...prompt, layer: served });
        const off = trained.map((value, at) => value - (mean[at] ?? Number.NaN));
        found.push(Math.hypot(...off) / Math.hypot(...trained));
      }
    }
    return { same, next };
  } finally {
    await model.dispose();
  }
}

describe.skipIf(python === null)(`states for a head, trainer and engine: ${reason ?? python}`, () => {
  const asked: readonly ProbePrompt[] = [
    { shared: 'def f(a):', own: ' return a + 12', after: '\n' },
    { shared: 'def f(a):', own: ' return b == 0', after: '' },
  ];

  // What is left is the engine's F16 keys and values.
  it('a tiny model in float32: the same', async () => {
    const base = folder.path('tiny.gguf');
    await writeTinyGguf(base);
    const adapter = { spread: 0.1, format: 'F32' } as const;
    const { same, next } = await differences(base, 1, asked, adapter);
    expect(Math.max(...same)).toBeLessThan(2e-3);
    expect(Math.min(...next)).toBeGreaterThan(0.1);
  });

  const path = real?.path ?? null;
  // The engine rounds activations to 8 bits, which torch does not.
  it.skipIf(path === null)(`the embedded model, adapted: ${real?.reason ?? path}`, async () => {
    const adapter = { spread: 0.02, format: 'F16' } as const;
    const { same, next } = await differences(path ?? '', 20, await prompts(4), adapter);
    expect(Math.max(...same)).toBeLessThan(0.03);
    expect(Math.min(...next)).toBeGreaterThan(0.1);
  });
});
