import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../../test/support/encode-safetensors.ts';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { type GgufHeader, readGgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { writeTinyGguf } from '../../testing/index.ts';
import { exportAdapter } from './export-adapter.ts';
import { exportWeights } from './export-weights.ts';

const folder = await temporaryFolder();
const base = folder.path('base.gguf');
const out = folder.path('out.gguf');
let header: GgufHeader;

beforeAll(async () => {
  await writeTinyGguf(base);
  header = await readGgufHeader(base);
});
afterAll(() => folder.remove());

type Tensors = Parameters<typeof encodeSafetensors>[0];
const matrix = (rows: number, columns: number, of = (index: number) => index) => ({
  shape: [rows, columns],
  values: Array.from({ length: rows * columns }, (_value, index) => of(index)),
});
const MODULE = 'base_model.model.model.layers.1.self_attn.q_proj';
const PAIR: Tensors = {
  [`${MODULE}.lora_A.weight`]: matrix(2, 64),
  [`${MODULE}.lora_B.weight`]: matrix(64, 2),
};
const CONFIG = { peft_type: 'LORA', r: 2, lora_alpha: 8 };

async function adapter(tensors: Tensors, config: object = {}) {
  const trained = folder.path('adapter');
  await mkdir(trained, { recursive: true });
  await writeFile(join(trained, 'adapter_model.safetensors'), encodeSafetensors(tensors));
  await writeFile(join(trained, 'adapter_config.json'), JSON.stringify({ ...CONFIG, ...config }));
  await exportAdapter({ folder: trained, base: header, out, format: 'F32' });
  const { entries, tensors: written } = await readGgufHeader(out);
  const bytes = await readFile(out);
  const valuesOf = (name: string) => {
    const { fileOffset = 0, byteLength = 0 } = written.find((tensor) => tensor.name === name) ?? {};
    return new Float32Array(bytes.buffer.slice(fileOffset, fileOffset + (byteLength ?? 0)));
  };
  return { metadata: Object.fromEntries(entries.map(({ key, value }) => [key, value])), written, valuesOf };
}

describe('exportAdapter', () => {
  it('names, dimensions, rows of q in the other order, alpha', async () => {
    const { metadata, written, valuesOf } = await adapter(PAIR);
    expect(metadata).toMatchObject({
      'general.architecture': 'llama',
      'general.type': 'adapter',
      'adapter.type': 'lora',
      'adapter.lora.alpha': 8,
    });
    expect(written.map(({ name, dimensions }) => [name, dimensions])).toEqual([
      ['blk.1.attn_q.weight.lora_a', [64, 2]],
      ['blk.1.attn_q.weight.lora_b', [2, 64]],
    ]);
    expect([...valuesOf('blk.1.attn_q.weight.lora_a')].slice(0, 3)).toEqual([0, 1, 2]);
    // Heads of 16 rows: row 8 comes second.
    expect([...valuesOf('blk.1.attn_q.weight.lora_b')].slice(0, 4)).toEqual([0, 1, 16, 17]);
  });

  it('another factor than alpha / rank goes into B', async () => {
    const rslora = await adapter(PAIR, { use_rslora: true });
    expect(rslora.valuesOf('blk.1.attn_q.weight.lora_b')[1]).toBeCloseTo(Math.SQRT2, 6);
    const pattern = await adapter(PAIR, { alpha_pattern: { 'self_attn.q_proj': 16, k_proj: 1 } });
    expect(pattern.valuesOf('blk.1.attn_q.weight.lora_b')[1]).toBe(2);
  });

  it.each<[string, Tensors, object, string]>([
    ['the output layer', { 'base_model.model.lm_head.lora_A.weight': matrix(2, 64) }, {}, 'output layer'],
    ['embeddings', { 'base_model.model.model.embed_tokens.weight': matrix(2, 64) }, {}, 'embeddings'],
    ['other tensors', { ...PAIR, 'base_model.model.extra': matrix(1, 1) }, {}, 'no part of a LoRA'],
    ['half a pair', { [`${MODULE}.lora_A.weight`]: matrix(2, 64) }, {}, 'no pair'],
    ['nothing', {}, {}, 'empty'],
    ['a layer too many', rename(PAIR, 'layers.1', 'layers.7'), {}, 'has no model.layers.7'],
    ['another width', { ...PAIR, [`${MODULE}.lora_A.weight`]: matrix(2, 32) }, {}, 'is 64 x 64'],
    ['DoRA', PAIR, { use_dora: true }, 'DoRA'],
    ['biases', PAIR, { bias: 'all' }, 'trained biases'],
    ['another kind of adapter', PAIR, { peft_type: 'IA3' }, 'peft_type'],
    ['what is no number', { ...PAIR, [`${MODULE}.lora_B.weight`]: matrix(64, 2, () => NaN) }, {}, 'diverged'],
  ])('refuses %s', async (_, tensors, config, message) => {
    const failure = await adapter(tensors, config).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: expect.stringMatching(/model|usage/) });
    expect(`${failure} ${(failure as { hint: string | null }).hint}`).toContain(message);
  });

  it('a base of another architecture', async () => {
    const other = header.entries.map((entry) => ({
      ...entry,
      value: entry.key === 'general.architecture' ? 'gemma2' : entry.value,
    }));
    await expect(
      exportAdapter({
        folder: folder.path('adapter'),
        base: { ...header, entries: other },
        out,
        format: 'F16',
      }),
    ).rejects.toThrow('gemma2');
  });
});

function rename(tensors: Tensors, from: string, to: string): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name.replace(from, to), tensor]),
  );
}

describe('exportWeights', () => {
  const { signal } = new AbortController();
  const write = async (tensors: Tensors, more: Partial<Parameters<typeof exportWeights>[0]> = {}) => {
    const weights = folder.path('model.safetensors');
    await writeFile(weights, encodeSafetensors(tensors));
    const common = { weights, base, out, format: 'F32', name: 'new', chatTemplate: null, signal } as const;
    await exportWeights({ ...common, ...more });
    return { bytes: await readFile(out), ...(await readGgufHeader(out)) };
  };

  it('keeps metadata, names, order and what was not trained, and takes over what was', async () => {
    const { bytes, entries, tensors } = await write({
      'model.layers.0.mlp.up_proj.weight': matrix(64, 64),
      'model.norm.weight': { shape: [64], values: Array(64).fill(2) },
    });
    const before = await readFile(base);
    expect(tensors.map(({ name }) => name)).toEqual(header.tensors.map(({ name }) => name));
    expect(entries.find(({ key }) => key === 'general.name')?.value).toBe('new');
    expect(new Set(entries.map(({ key }) => key))).toEqual(
      new Set([...header.entries.map(({ key }) => key), 'general.file_type', 'general.quantization_version']),
    );
    for (const [index, { name, fileOffset, byteLength }] of tensors.entries()) {
      const data = bytes.subarray(fileOffset, fileOffset + (byteLength ?? 0));
      const old = header.tensors[index]?.fileOffset ?? 0;
      const same = data.equals(before.subarray(old, old + data.length));
      expect([name, same]).toEqual([name, name !== 'blk.0.ffn_up.weight' && name !== 'output_norm.weight']);
    }
  });

  it('a chat template for a base without one', async () => {
    await writeTinyGguf(folder.path('bare.gguf'), { chatTemplate: null });
    const { entries } = await write({}, { base: folder.path('bare.gguf'), chatTemplate: 'T' });
    expect(entries.find(({ key }) => key === 'tokenizer.chat_template')?.value).toBe('T');
  });

  it.each<[string, Tensors, string]>([
    ['another shape', { 'model.norm.weight': matrix(1, 64) }, 'is 1 x 64'],
    [
      'what the base does not have',
      { 'model.layers.0.mlp.gate.weight': matrix(1, 1) },
      'has no model.layers.0.mlp.gate',
    ],
    [
      'what is no number',
      { 'model.norm.weight': { shape: [64], values: Array(64).fill(Infinity) } },
      'not numbers',
    ],
  ])('refuses %s, and leaves nothing', async (_, tensors, message) => {
    const nowhere = folder.path('nowhere.gguf');
    await expect(write(tensors, { out: nowhere })).rejects.toThrow(message);
    await expect(readFile(nowhere)).rejects.toThrow('ENOENT');
  });
});
