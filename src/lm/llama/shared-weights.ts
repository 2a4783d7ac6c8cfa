import { realpath } from 'node:fs/promises';
import type { GgufMetadata, Llama, LlamaModel } from 'node-llama-cpp';
import { CodejuryError } from '../../errors.ts';
import { checkModelFile } from './check-gguf.ts';
import type { LlamaGpu } from './llama-model-options.ts';
import type { Mutex } from './mutex.ts';
import { type NodeLlamaLibrary, startNodeLlama } from './node-llama.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

const MEAN_POOLING = 1;

/** A loaded file. Contexts (attention caches, adapters) belong to the models that use it. */
export interface SharedWeights {
  readonly library: NodeLlamaLibrary;
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly vocabulary: Vocabulary;
  readonly compute: Mutex;
  /** Gives this use back; the last one frees the memory. Calling it again does nothing. */
  readonly release: () => Promise<void>;
}

interface WeightsOptions {
  readonly path: string;
  readonly gpu: LlamaGpu;
  readonly gpuLayers: number | null;
}

interface Loaded {
  users: number;
  readonly weights: Promise<Omit<SharedWeights, 'release'>>;
}

const loaded = new Map<string, Loaded>();

/**
 * The weights of a file, loaded once however many models of a team use it with the same GPU settings.
 *
 * @throws {CodejuryError} `not-found` or `model` for a wrong file, `engine` for the library or the memory.
 */
export async function acquireWeights(options: WeightsOptions): Promise<SharedWeights> {
  const key = JSON.stringify([await resolvePath(options.path), options.gpu, options.gpuLayers]);
  let entry = loaded.get(key);
  if (entry === undefined) {
    entry = { users: 0, weights: load(options) };
    loaded.set(key, entry);
  }
  const { weights } = entry;
  const use = entry;
  use.users += 1;
  const leave = (): boolean => {
    use.users -= 1;
    if (use.users === 0 && loaded.get(key) === use) {
      loaded.delete(key);
    }
    return use.users === 0;
  };
  try {
    const shared = await weights;
    let released = false;
    return {
      ...shared,
      release: async () => {
        if (released) {
          return;
        }
        released = true;
        if (leave()) {
          await shared.compute(() => shared.model.dispose());
        }
      },
    };
  } catch (error) {
    leave();
    throw error;
  }
}

/** Two names of one file are one file; a missing one is reported when it is opened. */
async function resolvePath(path: string): Promise<string> {
  return await realpath(path).catch(() => path);
}

async function load({ path, gpu, gpuLayers }: WeightsOptions): Promise<Omit<SharedWeights, 'release'>> {
  const { library, llama, compute } = await startNodeLlama(gpu);
  const { metadata } = await checkModelFile(library, path);
  try {
    const model = await llama.loadModel({
      modelPath: path,
      metadataOverrides: defaultPooling(metadata),
      // On a processor, flash attention splits its work by the number of threads, and label probabilities of a 135M model
      // differed by 0.002 with it; at the lengths of our prompts it is no faster.
      defaultContextFlashAttention: llama.gpu === false ? false : 'auto',
      ...(gpu === 'off' || gpuLayers === null ? {} : { gpuLayers }),
    });
    return { library, llama, model, vocabulary: createVocabulary(model), compute };
  } catch (cause) {
    if (cause instanceof library.InsufficientMemoryError) {
      throw new CodejuryError('engine', `not enough memory for the model ${path}`, {
        hint: '`codejury doctor` shows which models fit this machine; use a smaller one or a stronger quantisation',
        cause,
      });
    }
    throw new CodejuryError(
      'model',
      `llama.cpp cannot load ${path}: ${cause instanceof Error ? cause.message : cause}`,
      {
        hint: 'the architecture may be newer than this engine, or the file damaged: verify its digest',
        cause,
      },
    );
  }
}

/** How a text becomes one vector: as the file says, or else the mean over its tokens. Concerns embedding contexts only. */
function defaultPooling({ general, ...architectures }: GgufMetadata) {
  const { architecture } = general;
  const declared: unknown = Reflect.get(Reflect.get(architectures, architecture) ?? {}, 'pooling_type');
  return declared === undefined ? { [architecture]: { pooling_type: MEAN_POOLING } } : {};
}
