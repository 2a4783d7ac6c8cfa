import { CodejuryError } from '../../errors.ts';
import type { LlamaGpu } from './llama-model-options.ts';
import { loadNodeLlamaLibrary, type NodeLlamaImporter, type NodeLlamaLibrary } from './node-llama.ts';
import { resolveThreads } from './threads.ts';

/** What the embedded engine can do on this machine. */
export interface LlamaEngineDescription {
  readonly available: boolean;
  /** Of node-llama-cpp; null when it is not available. */
  readonly version: string | null;
  /** Values of `gpu` that would work here; `off` computes on the processor. */
  readonly gpus: readonly LlamaGpu[];
  /** Threads used where the user sets none. */
  readonly defaultThreads: number;
  /** Why it is not available and what to do; null when it is. */
  readonly problem: { readonly message: string; readonly hint: string | null } | null;
}

/** Never throws for a missing or unusable engine: that is the answer. Takes up to a second the first time. */
export async function describeLlamaEngine(importer?: NodeLlamaImporter): Promise<LlamaEngineDescription> {
  const defaultThreads = resolveThreads(null);
  try {
    const library = await loadNodeLlamaLibrary(importer);
    const gpus = await usableGpus(library);
    return {
      available: gpus.includes('off'),
      version: await library.getModuleVersion(),
      gpus,
      defaultThreads,
      problem: gpus.includes('off')
        ? null
        : {
            message: 'the embedded engine has no build for this machine',
            hint: 'use a server (engine openai) instead',
          },
    };
  } catch (error) {
    if (!(error instanceof CodejuryError)) {
      throw error;
    }
    const { message, hint } = error;
    return { available: false, version: null, gpus: [], defaultThreads, problem: { message, hint } };
  }
}

async function usableGpus(library: NodeLlamaLibrary): Promise<LlamaGpu[]> {
  const usable: LlamaGpu[] = [];
  const candidates =
    process.platform === 'darwin' ? (['off', 'metal'] as const) : (['off', 'cuda', 'vulkan'] as const);
  for (const gpu of candidates) {
    try {
      await library.getLlama({
        gpu: gpu === 'off' ? false : gpu,
        dryRun: true,
        progressLogs: false,
        logLevel: library.LlamaLogLevel.disabled,
        logger: () => undefined,
      });
      usable.push(gpu);
    } catch {
      // No build for it, or no such device: both mean that it cannot be used here.
    }
  }
  return usable;
}
