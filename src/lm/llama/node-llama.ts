import type { Llama } from 'node-llama-cpp';
import { CodejuryError } from '../../errors.ts';
import type { LlamaGpu } from './llama-model-options.ts';
import { createMutex, type Mutex } from './mutex.ts';

export type NodeLlamaLibrary = typeof import('node-llama-cpp');

/** The one version this engine is written for: it drives the native context directly (see native.ts). */
export const NODE_LLAMA_VERSION = '3.22.1';

const INSTALL_HINT = `run: npm install node-llama-cpp@${NODE_LLAMA_VERSION}`;

/** The library with a started backend. */
export interface NodeLlama {
  readonly library: NodeLlamaLibrary;
  readonly llama: Llama;
  /** Held during every evaluation, so that models that work at the same time never use more threads than one of them. */
  readonly compute: Mutex;
}

/** Stands for `import('node-llama-cpp')`; tests pass one that fails. */
export type NodeLlamaImporter = () => Promise<NodeLlamaLibrary>;

const importNodeLlama: NodeLlamaImporter = () => import('node-llama-cpp');

const started = new Map<LlamaGpu, Promise<NodeLlama>>();

/**
 * Loads the library on first use (it costs about 0.2 s and is an optional dependency) and starts its backend once per
 * GPU setting. Nothing is compiled or downloaded, and the native log stays silent.
 *
 * @throws {CodejuryError} `engine` when the package is missing, of another version, or has no build for this machine.
 */
export function startNodeLlama(gpu: LlamaGpu): Promise<NodeLlama> {
  const known = started.get(gpu);
  if (known !== undefined) {
    return known;
  }
  const starting = start(gpu);
  started.set(gpu, starting);
  // A failed start is not remembered: the user may install what is missing while a server keeps running.
  starting.catch(() => started.delete(gpu));
  return starting;
}

async function start(gpu: LlamaGpu): Promise<NodeLlama> {
  const library = await loadNodeLlamaLibrary();
  let llama: Llama;
  try {
    llama = await library.getLlama({
      gpu: gpu === 'off' ? false : gpu,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      logLevel: library.LlamaLogLevel.disabled,
      logger: () => undefined,
    });
  } catch (cause) {
    throw noBuild(gpu, cause);
  }
  // Where a GPU is asked for by name, computing on the processor instead would be a surprise of hours.
  if (gpu !== 'off' && gpu !== 'auto' && llama.gpu !== gpu) {
    await llama.dispose();
    throw noBuild(gpu, null);
  }
  return { library, llama, compute: createMutex() };
}

function noBuild(gpu: LlamaGpu, cause: unknown): CodejuryError {
  return new CodejuryError('engine', `the embedded engine cannot compute with gpu ${gpu} on this machine`, {
    hint: gpuBuildHint(gpu),
    cause,
  });
}

function gpuBuildHint(gpu: LlamaGpu): string {
  if (gpu === 'cuda' || gpu === 'vulkan') {
    const system = process.platform === 'win32' ? 'win' : 'linux';
    return `run: npm install --no-save @node-llama-cpp/${system}-${process.arch}-${gpu}@${NODE_LLAMA_VERSION}, or set gpu to off`;
  }
  return gpu === 'off'
    ? `${INSTALL_HINT} (with optional dependencies, on a supported platform)`
    : 'set gpu to off';
}

/** @throws {CodejuryError} `engine`, with the one command to run, when the package is missing or of another version. */
export async function loadNodeLlamaLibrary(
  importer: NodeLlamaImporter = importNodeLlama,
): Promise<NodeLlamaLibrary> {
  let library: NodeLlamaLibrary;
  try {
    library = await importer();
  } catch (cause) {
    throw new CodejuryError(
      'engine',
      'the embedded engine needs the package node-llama-cpp, which is not installed',
      {
        hint: INSTALL_HINT,
        cause,
      },
    );
  }
  const version = await library.getModuleVersion();
  if (version !== NODE_LLAMA_VERSION) {
    throw new CodejuryError(
      'engine',
      `the embedded engine needs node-llama-cpp ${NODE_LLAMA_VERSION}, found ${version}`,
      { hint: INSTALL_HINT },
    );
  }
  return library;
}
