/**
 * The part of node-llama-cpp's native binding that the engine drives itself. Its public sequence API schedules batches
 * by timers and allows one look at the logits of a position. Reproducible batches need a scheduler of our own, and an
 * exact log-probability beside a sampled token needs a second look (0.5 ms; rescoring the text costs four times that).
 * The version is pinned (NODE_LLAMA_VERSION), and everything that is not public is reached through this file.
 */

import type { Llama, LlamaContext, LlamaModel } from 'node-llama-cpp';
import { CodejuryError } from '../../errors.ts';
import { NODE_LLAMA_VERSION } from './node-llama.ts';

/** Which logits `sampleToken` returns: these tokens, and with `includeSelected` the token it chose. */
type LogitFilter = readonly [
  tokens: readonly number[],
  includeMax: false,
  includeMin: false,
  includeSelected: true,
  includeTop: 0,
];

/** `logits` is flat (token, logit, token, logit …); `totalWeight` is the sum of exp(logit - largest logit). */
type SampleWithLogits = readonly [
  token: number,
  probabilities: undefined,
  confidence: undefined,
  logits: readonly number[] | undefined,
  totalWeight: number | undefined,
];

export interface NativeContext {
  initBatch(size: number): void;
  /** Positions in `logitOffsets` count from the first token; the result are the indexes to read logits by. */
  addToBatch(
    sequence: number,
    firstPosition: number,
    tokens: Uint32Array,
    logitOffsets: Uint32Array,
  ): Uint32Array;
  decodeBatch(): Promise<void>;
  sampleToken(logitIndex: number, sampler: NativeSampler): Promise<number>;
  sampleToken(
    logitIndex: number,
    sampler: NativeSampler,
    probabilities: false,
    confidence: false,
    logits: LogitFilter,
    totalWeight: true,
  ): Promise<SampleWithLogits>;
  /** False when this kind of memory cannot drop a part (recurrent models). */
  removeTokenCellsFromSequence(sequence: number, start: number, end: number): boolean;
  disposeSequence(sequence: number): void;
  /** Of the first sequence, pooled over its part of the last batch as the model file says; for embedding contexts. */
  getEmbedding(inputTokens: number): Float64Array;
  copySequenceStateFromOtherSequence(target: number, source: number): Promise<number>;
}

export interface NativeSamplerConfig {
  /** 0 = greedy. */
  readonly temperature: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly seed: number;
}

export interface NativeSampler {
  applyConfig(config: NativeSamplerConfig): void;
  dispose(): void;
}

export interface NativeTemplate {
  render(variables: Readonly<Record<string, unknown>>): string;
}

/** An option of `createContext` that is not public: it makes the context keep what comes out of the last layer. */
export const KEEP_EMBEDDINGS: object = { _embeddings: true };

export function nativeContextOf(context: LlamaContext): NativeContext {
  return internal<NativeContext>(context, '_ctx');
}

/** A sampler of its own state; whoever asks for it disposes it. */
export function createNativeSampler(model: LlamaModel, config: NativeSamplerConfig): NativeSampler {
  const bindings = internal<{ readonly AddonSampler: new (model: object) => NativeSampler }>(
    model.llama,
    '_bindings',
  );
  const sampler = new bindings.AddonSampler(internal<object>(model, '_model'));
  sampler.applyConfig(config);
  return sampler;
}

/** llama.cpp's own renderer of chat templates. */
export function createNativeTemplate(llama: Llama, source: string): NativeTemplate {
  const bindings = internal<{ readonly AddonJinjaRenderer: new (source: string) => NativeTemplate }>(
    llama,
    '_bindings',
  );
  return new bindings.AddonJinjaRenderer(source);
}

function internal<T extends object>(owner: object, field: string): T {
  const value: unknown = Reflect.get(owner, field);
  if (typeof value !== 'object' || value === null) {
    throw new CodejuryError(
      'engine',
      `node-llama-cpp has no ${field}: it is not version ${NODE_LLAMA_VERSION}`,
      {
        hint: `run: npm install node-llama-cpp@${NODE_LLAMA_VERSION}`,
      },
    );
  }
  return value as T;
}
