import { join } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { encodeGguf, type GgufTensor } from '../../io/gguf/encode-gguf.ts';
import type { GgufHeader } from '../../io/gguf/read-gguf-header.ts';
import { writeFileAtomically } from '../../io/write-file-atomically.ts';
import { describeBase } from './describe-base.ts';
import { openSafetensors, type Safetensors } from './open-safetensors.ts';
import { permuteRows } from './permute-rows.ts';
import { readAdapterConfig } from './read-adapter-config.ts';
import { readFinite } from './read-finite.ts';
import { ggufNameOf, isPermuted } from './tensor-names.ts';

export interface ExportAdapterOptions {
  /** With `adapter_model.safetensors` and `adapter_config.json`, as PEFT writes them. */
  readonly folder: string;
  /** Of the model that the adapter was trained on. */
  readonly base: GgufHeader;
  /** The GGUF file to write. */
  readonly out: string;
  /** F32 keeps every bit; F16 is half as large and rounds by 0.05 %. */
  readonly format: 'F16' | 'F32';
}

/**
 * Writes a LoRA adapter of PEFT as the GGUF file that llama.cpp loads on top of the base model.
 *
 * llama.cpp multiplies B·A by alpha / rank; where PEFT has another factor (rsLoRA, patterns) the rest goes into B.
 *
 * @throws {CodejuryError} `not-found` or `model`: damaged files, kinds of adapters that GGUF cannot hold, tensors that the base
 *   does not have or has in another shape, the output layer and embeddings, weights that are not finite.
 */
export async function exportAdapter({ folder, base, out, format }: ExportAdapterOptions): Promise<void> {
  const { architecture, permutes, heads, dimensionsOf } = describeBase(base);
  const config = await readAdapterConfig(join(folder, 'adapter_config.json'));
  const weights = await openSafetensors(join(folder, 'adapter_model.safetensors'));
  try {
    const tensors: GgufTensor[] = [];
    const add = (name: string, dimensions: readonly number[], values: Float32Array) =>
      tensors.push({ name, dimensions, values: format === 'F16' ? Float16Array.from(values) : values });
    for (const [module, pair] of pairsOf(weights)) {
      const name = ggufNameOf(module);
      const target = name === null ? null : dimensionsOf(`${name}.weight`);
      if (name === null || target === null) {
        throw new CodejuryError('model', `${weights.path}: the base model has no ${module} to adapt`, {
          hint: 'export with the base model that the adapter was trained on',
        });
      }
      const [rank = 0, inputs = 0] = pair.a;
      const [outputs = 0, rankOfB] = pair.b;
      if (rank !== rankOfB || rank === 0 || inputs !== target[0] || outputs !== target[1]) {
        throw new CodejuryError(
          'model',
          `${weights.path}: ${module} has A ${pair.a.join(' x ')} and B ${pair.b.join(' x ')}, the base model's weight is ${target.toReversed().join(' x ')}`,
          { hint: 'export with the base model that the adapter was trained on' },
        );
      }
      const a = await readFinite(weights, pair.nameOfA, 0, rank * inputs);
      const b = await readFinite(weights, pair.nameOfB, 0, rank * outputs);
      const rest = config.strengthOf(module, rank) / (config.alpha / rank);
      const kind = permutes ? isPermuted(name) : null;
      add(`${name}.weight.lora_a`, [inputs, rank], a);
      add(
        `${name}.weight.lora_b`,
        [rank, outputs],
        scaled(kind === null ? b : permuteRows(b, rank, heads[kind]), rest),
      );
    }
    await writeFileAtomically(
      out,
      encodeGguf(
        {
          'general.architecture': { type: 'string', value: architecture },
          'general.type': { type: 'string', value: 'adapter' },
          'adapter.type': { type: 'string', value: 'lora' },
          'adapter.lora.alpha': { type: 'float32', value: config.alpha },
        },
        tensors,
      ),
    );
  } finally {
    await weights.close();
  }
}

interface Pair {
  readonly nameOfA: string;
  readonly nameOfB: string;
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** A and B by the module they adapt, layers in their order. */
function pairsOf({ path, tensors }: Safetensors): readonly (readonly [module: string, pair: Pair])[] {
  const halves = new Map<string, Partial<Record<'A' | 'B', string>>>();
  for (const name of tensors.keys()) {
    const parts = /^base_model\.model\.(?<module>.+)\.lora_(?<half>[AB])\.weight$/.exec(name)?.groups;
    const { module = '', half } = parts ?? {};
    // llama.cpp does not load adapters of the output layer; embeddings are looked up, not multiplied.
    if (/(?:^|\.)(?:lm_head|embed_tokens)(?:\.|$)/.test(name)) {
      throw new CodejuryError(
        'model',
        `${path}: the adapter holds ${name}; llama.cpp applies no adapter to the output layer or the embeddings`,
        {
          hint: 'train without them (no lm_head or embed_tokens in target_modules, no modules_to_save), or all weights with --method full',
        },
      );
    }
    if (half !== 'A' && half !== 'B') {
      throw new CodejuryError('model', `${path}: the tensor ${name} is no part of a LoRA adapter`, {
        hint: 'an adapter in GGUF consists of lora_A and lora_B alone',
      });
    }
    halves.set(module, { ...halves.get(module), [half]: name });
  }
  if (halves.size === 0) {
    throw new CodejuryError('model', `${path}: the adapter is empty`);
  }
  const collator = new Intl.Collator('en', { numeric: true });
  return [...halves]
    .toSorted(([one], [other]) => collator.compare(one, other))
    .map(([module, { A: nameOfA, B: nameOfB }]) => {
      const a = tensors.get(nameOfA ?? '');
      const b = tensors.get(nameOfB ?? '');
      if (nameOfA === undefined || nameOfB === undefined || a?.shape.length !== 2 || b?.shape.length !== 2) {
        throw new CodejuryError('model', `${path}: ${module} has no pair of matrices A and B`);
      }
      return [module, { nameOfA, nameOfB, a: a.shape, b: b.shape }] as const;
    });
}

function scaled(values: Float32Array, factor: number): Float32Array {
  return factor === 1 ? values : values.map((value) => value * factor);
}
