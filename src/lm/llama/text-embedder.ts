import type { LlamaEmbeddingContext } from 'node-llama-cpp';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import { checkContextLength } from './context-length.ts';
import type { SharedWeights } from './shared-weights.ts';

export interface TextEmbedder {
  /** One L2-normalised vector; pooled as the model file says, or else the mean over the tokens. */
  readonly embed: (text: string, signal: AbortSignal | undefined) => Promise<Float32Array>;
  readonly dispose: () => Promise<void>;
}

interface TextEmbedderOptions {
  readonly name: string;
  readonly contextSize: number;
  readonly threads: number;
}

/** Its context is made at the first text. Adapters do not take part: an embedding is that of the base model. */
export function createTextEmbedder(
  { model, compute, library }: SharedWeights,
  { name, contextSize, threads }: TextEmbedderOptions,
): TextEmbedder {
  let context: Promise<LlamaEmbeddingContext> | null = null;

  const open = (): Promise<LlamaEmbeddingContext> => {
    // Mean pooling needs the whole text in one batch.
    context ??= model.createEmbeddingContext({ contextSize, batchSize: contextSize, threads });
    return context.catch((cause: unknown) => {
      context = null;
      throw new CodejuryError('engine', `${name} cannot embed texts on this machine`, {
        hint:
          cause instanceof library.InsufficientMemoryError
            ? 'there is not enough memory: set a smaller contextSize'
            : 'use a decoder or embedding model',
        cause,
      });
    });
  };

  return {
    embed: async (text, signal) => {
      throwIfAborted(signal);
      if (text.trim() === '') {
        throw new CodejuryError('usage', 'there is no text to embed');
      }
      const opened = await open();
      // One place is never used by the library.
      checkContextLength(name, {
        prompt: opened.calculateInputLength(text),
        answer: 1,
        available: contextSize,
      });
      const { vector } = await compute(() => opened.getEmbeddingFor(text));
      const length = Math.hypot(...vector);
      return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
    },
    dispose: async () => {
      const opened = await context?.catch(() => null);
      context = null;
      await compute(async () => await opened?.dispose());
    },
  };
}
