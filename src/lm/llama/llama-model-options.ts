import type { Label } from '../language-model.ts';

/** A LoRA adapter in GGUF, applied on top of the weights for one model only: others that share the weights stay as they are. */
export interface LlamaAdapterOptions {
  readonly path: string;
  /** Strength of the adapter; 1 is what it was trained with. */
  readonly scale: number;
  /** sha256 of the adapter file, hex; null when nobody computed it. */
  readonly digest: string | null;
}

export type LlamaGpu = 'off' | 'auto' | 'cuda' | 'vulkan' | 'metal';

/**
 * How several samples of one prompt are produced: `batched` advances them together, one token each per step,
 * `in-turn` one after another. `auto` is a fixed rule (see resolveBatching), never a timing, so that the same seed gives
 * the same text on every run.
 */
export type LlamaBatching = 'auto' | 'batched' | 'in-turn';

export interface LlamaModelOptions {
  /** The name the user knows the model by; it appears in messages and reports. */
  readonly name: string;
  /** The GGUF file. */
  readonly path: string;
  /** sha256 of the file, hex, as verified by the caller; null when nobody computed it. */
  readonly digest: string | null;
  readonly adapter: LlamaAdapterOptions | null;
  /**
   * Tokens of prompt and answer together. null = what the model was trained for, but at most 4096: the attention
   * cache takes memory in proportion (23 kB a token for a 135M model, over 100 kB for a 3B one), and models trained for
   * 128k tokens would take gigabytes for prompts that need a thousandth of it.
   */
  readonly contextSize: number | null;
  /** Threads that compute; null = one core less than there are, at least 1 and at most 8. */
  readonly threads: number | null;
  readonly gpu: LlamaGpu;
  /** Layers moved to the GPU; null = as many as fit. Ignored with `gpu: 'off'`. */
  readonly gpuLayers: number | null;
  readonly batching: LlamaBatching;
  /** Most samples advanced together; each costs its own attention cache. At least 1. */
  readonly maxParallelSamples: number;
  /** Jinja chat template for a file that has none of its own; null = then it is a base model. */
  readonly chatTemplate: string | null;
  /** Where files made from this one are kept, e.g. its first layers; without it the model shows no hidden states. */
  readonly derivedFolder?: string;
  /** Labels this model will be asked for, so that one it cannot say is found at load; null = no check. */
  readonly labels: readonly Label[] | null;
}
