import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../io/error-code.ts';
import { hashFile } from '../../io/hash-file.ts';
import type { HiddenStateRequest, HiddenStates } from '../language-model.ts';
import { createEvaluationContext } from './evaluation-context.ts';
import { type HiddenStateEngine, readHiddenStates } from './hidden-states.ts';
import type { LlamaAdapterOptions, LlamaModelOptions } from './llama-model-options.ts';
import { createMutex } from './mutex.ts';
import { createPrefixCache } from './prefix-cache.ts';
import type { PromptRenderer } from './render-prompt.ts';
import { acquireWeights } from './shared-weights.ts';
import { writeAdapterOfFirstLayers, writeFirstLayers } from './write-first-layers.ts';

export interface HiddenStateReaders {
  readonly read: (request: HiddenStateRequest) => Promise<HiddenStates>;
  readonly dispose: () => Promise<void>;
}

interface ReadersOptions
  extends Pick<LlamaModelOptions, 'name' | 'path' | 'digest' | 'adapter' | 'gpu' | 'gpuLayers'> {
  readonly derivedFolder: string;
  readonly contextSize: number;
  readonly threads: number;
  readonly renderer: PromptRenderer;
}

interface OpenLayer {
  readonly engine: HiddenStateEngine;
  readonly dispose: () => Promise<void>;
}

/**
 * Hidden states of a model by layer. For each layer asked for, a file of the layers up to it is made once and kept in
 * `derivedFolder`, named after the digest of the model, and beside it what an adapter does to them; prompts are rendered by the
 * model itself.
 */
export function createHiddenStateReaders(options: ReadersOptions): HiddenStateReaders {
  const queue = createMutex();
  const open = new Map<number, OpenLayer>();
  let digest = options.digest;

  const cutAdapter = async (layer: number): Promise<LlamaAdapterOptions | null> => {
    const { adapter } = options;
    if (adapter === null) return null;
    const name = adapter.digest ?? (await hashFile(adapter.path));
    const path = join(options.derivedFolder, `${name}-${layer}.lora.gguf`);
    const isThere = (await exists(path)) || (await writeAdapterOfFirstLayers(adapter.path, path, layer));
    return isThere ? { ...adapter, path } : null;
  };

  const openLayer = async (layer: number): Promise<OpenLayer> => {
    digest ??= await hashFile(options.path);
    const path = join(options.derivedFolder, `${digest}-${layer}.gguf`);
    if (!(await exists(path))) await writeFirstLayers(options.path, path, layer);
    const adapter = await cutAdapter(layer);
    const weights = await acquireWeights({ path, gpu: options.gpu, gpuLayers: options.gpuLayers });
    const { name, contextSize, threads, renderer } = options;
    try {
      const context = await createEvaluationContext(weights, {
        name,
        sequences: 1,
        contextSize,
        threads,
        adapter,
        keepStates: true,
      });
      return {
        engine: { name, renderer, context, prefixes: createPrefixCache(context, 0) },
        dispose: async () => {
          await context.dispose();
          await weights.release();
        },
      };
    } catch (error) {
      await weights.release();
      throw error;
    }
  };

  return {
    read: (request) =>
      queue(async () => {
        const known = open.get(request.layer) ?? (await openLayer(request.layer));
        open.set(request.layer, known);
        return await readHiddenStates(known.engine, request);
      }),
    dispose: () =>
      queue(async () => {
        for (const layer of open.values()) await layer.dispose();
        open.clear();
      }),
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
