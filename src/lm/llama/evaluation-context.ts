import type { LlamaContext } from 'node-llama-cpp';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { LlamaAdapterOptions } from './llama-model-options.ts';
import { KEEP_EMBEDDINGS, type NativeSampler, nativeContextOf } from './native.ts';
import type { SharedWeights } from './shared-weights.ts';

/** Tokens evaluated in one go where no logits are read. Part of what makes results reproducible: never tune it by timing. */
export const CHUNK_TOKENS = 512;

/** Positions whose logits are read from one go: each takes vocabulary x 4 bytes (200 kB to 1 MB). */
const CHUNK_LOGITS = 64;

/** The logits of one position, to be read before anything else is evaluated. */
export interface PositionLogits {
  /** Draws a token with the sampler's settings. */
  readonly draw: (sampler: NativeSampler) => Promise<number>;
  /** The most probable token and the natural-log probabilities, over the full vocabulary at temperature 1, asked for. */
  readonly read: (greedy: NativeSampler, tokens: readonly number[]) => Promise<ReadLogits>;
}

export interface ReadLogits {
  readonly mostProbable: number;
  /** By token; contains `mostProbable` too. */
  readonly logProbabilities: ReadonlyMap<number, number>;
}

export interface EvaluateOptions<T> {
  readonly sequence: number;
  /** Where the first token goes; everything before it has been evaluated. */
  readonly position: number;
  readonly tokens: readonly number[];
  /** Logits are read after the tokens from this index on; `tokens.length` for none. */
  readonly readFrom: number;
  readonly read: (logits: PositionLogits, index: number) => Promise<T>;
  readonly signal: AbortSignal | undefined;
}

export interface StepRow {
  readonly sequence: number;
  readonly position: number;
  readonly token: number;
}

/** Attention caches of one or several sequences over shared weights. Calls must not overlap. */
export interface EvaluationContext {
  readonly sequences: number;
  /** Tokens of each sequence, as asked for; what llama.cpp allocates may be more. */
  readonly contextSize: number;
  /** Evaluates a stretch in chunks of fixed size; the results of the positions read, in order. */
  readonly evaluate: <T>(options: EvaluateOptions<T>) => Promise<T[]>;
  /**
   * What comes out of the last layer, averaged over the tokens of the last chunk evaluated on sequence 0. The model file has
   * to say that embeddings are means, and the context to be opened with `keepStates`.
   */
  readonly meanState: () => Promise<Float32Array>;
  /** Evaluates one token for each row together and reads after each; results in the order of the rows. */
  readonly step: <T>(
    rows: readonly StepRow[],
    read: (logits: PositionLogits, row: number) => Promise<T>,
  ) => Promise<T[]>;
  /** Forgets everything from the position on; false when this model can only forget all. */
  readonly truncate: (sequence: number, position: number) => boolean;
  readonly clear: (sequence: number) => void;
  readonly copy: (from: number, to: number) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export interface EvaluationContextOptions {
  /** The model's name, for messages. */
  readonly name: string;
  readonly sequences: number;
  readonly contextSize: number;
  readonly threads: number;
  readonly adapter: LlamaAdapterOptions | null;
  /** Keep what comes out of the last layer, for `meanState`; default false. */
  readonly keepStates?: boolean;
}

/** @throws {CodejuryError} `engine` when there is not enough memory; `model` when the adapter does not load. */
export async function createEvaluationContext(
  weights: SharedWeights,
  options: EvaluationContextOptions,
): Promise<EvaluationContext> {
  const { name } = options;
  const context = await createContext(weights, options);
  const native = nativeContextOf(context);
  let disposed = false;

  /** One use of the native context; nothing else computes meanwhile. */
  const use = <T>(task: () => Promise<T>): Promise<T> =>
    weights.compute(async () => {
      checkOpen();
      try {
        return await task();
      } catch (cause) {
        throw cause instanceof CodejuryError
          ? cause
          : new CodejuryError('engine', `llama.cpp could not evaluate a prompt with ${name}`, {
              hint: 'set a smaller contextSize; on a GPU, try gpu off',
              cause,
            });
      }
    });

  const checkOpen = () => {
    if (disposed) {
      throw new CodejuryError('engine', `${name} has been closed`);
    }
  };

  const logitsAt = (logitIndex: number): PositionLogits => ({
    draw: async (sampler) => checkToken(await native.sampleToken(logitIndex, sampler)),
    read: async (greedy, tokens) => {
      const result = await native.sampleToken(
        logitIndex,
        greedy,
        false,
        false,
        [tokens, false, false, true, 0],
        true,
      );
      const [mostProbable, , , logits = [], totalWeight = Number.NaN] = result;
      checkToken(mostProbable);
      const byToken = new Map<number, number>();
      for (let index = 0; index + 1 < logits.length; index += 2) {
        byToken.set(logits[index] as number, logits[index + 1] as number);
      }
      const normaliser = (byToken.get(mostProbable) ?? Number.NaN) + Math.log(totalWeight);
      if (!Number.isFinite(normaliser)) {
        throw new CodejuryError('engine', `${name} computed logits that are not numbers`, {
          hint: 'the model file is probably damaged: verify its digest; on a GPU, try gpu off',
        });
      }
      return {
        mostProbable,
        logProbabilities: new Map(
          [...byToken].map(([token, logit]) => [token, Math.min(0, logit - normaliser)]),
        ),
      };
    },
  });

  const checkToken = (token: number): number => {
    if (token < 0) {
      throw new CodejuryError('engine', `${name} computed no token to choose from`);
    }
    return token;
  };

  return {
    sequences: options.sequences,
    contextSize: options.contextSize,
    evaluate: async ({ sequence, position, tokens, readFrom, read, signal }) => {
      const results = [];
      for (let start = 0, end = 0; start < tokens.length; start = end) {
        throwIfAborted(signal);
        end = Math.min(tokens.length, start + CHUNK_TOKENS, Math.max(start, readFrom) + CHUNK_LOGITS);
        const first = start;
        const chunk = Uint32Array.from(tokens.slice(start, end));
        const offsets = Uint32Array.from(range(Math.max(0, readFrom - start), chunk.length));
        const chunkResults = await use(async () => {
          native.initBatch(chunk.length);
          const logitIndexes = native.addToBatch(sequence, position + first, chunk, offsets);
          await native.decodeBatch();
          const chunkResults = [];
          for (const [nth, logitIndex] of logitIndexes.entries()) {
            chunkResults.push(await read(logitsAt(logitIndex), first + (offsets[nth] ?? 0)));
          }
          return chunkResults;
        });
        results.push(...chunkResults);
      }
      return results;
    },
    meanState: () => use(async () => Float32Array.from(native.getEmbedding(1))),
    step: (rows, read) =>
      use(async () => {
        native.initBatch(rows.length);
        const logitIndexes = rows.map(
          ({ sequence, position, token }) =>
            native.addToBatch(sequence, position, Uint32Array.of(token), Uint32Array.of(0))[0] as number,
        );
        await native.decodeBatch();
        return await Promise.all(logitIndexes.map((logitIndex, row) => read(logitsAt(logitIndex), row)));
      }),
    truncate: (sequence, position) => {
      checkOpen();
      return native.removeTokenCellsFromSequence(sequence, position, -1);
    },
    clear: (sequence) => {
      checkOpen();
      native.disposeSequence(sequence);
    },
    copy: async (from, to) => {
      await use(() => native.copySequenceStateFromOtherSequence(to, from));
    },
    dispose: () => {
      disposed = true;
      return weights.compute(() => context.dispose());
    },
  };
}

/** Integers from `from` up to and without `to`; none when `from` is not smaller. */
function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_value, index) => from + index);
}

async function createContext(
  { library, model }: SharedWeights,
  { name, sequences, contextSize, threads, adapter, keepStates = false }: EvaluationContextOptions,
): Promise<LlamaContext> {
  try {
    return await model.createContext({
      sequences,
      contextSize,
      batchSize: CHUNK_TOKENS,
      threads,
      // Models with a sliding window could not drop a suffix of a long prompt otherwise.
      swaFullCache: true,
      ...(keepStates ? KEEP_EMBEDDINGS : {}),
      ...(adapter === null ? {} : { lora: { adapters: [{ filePath: adapter.path, scale: adapter.scale }] } }),
    });
  } catch (cause) {
    if (adapter !== null && !(cause instanceof library.InsufficientMemoryError)) {
      throw new CodejuryError('model', `the adapter ${adapter.path} cannot be applied to ${name}`, {
        hint: 'use the base model the adapter was trained on; adapters of embeddings or of the output layer do not load',
        cause,
      });
    }
    throw new CodejuryError(
      'engine',
      `not enough memory for ${name} with ${sequences} x ${contextSize} tokens of context`,
      {
        hint: 'set a smaller contextSize or maxParallelSamples, batching: in-turn, or use a smaller model',
        cause,
      },
    );
  }
}
