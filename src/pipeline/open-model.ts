import { join } from 'node:path';
import type { EscalationConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { hashFile } from '../io/hash-file.ts';
import { resolveHome } from '../io/home.ts';
import type { Progress } from '../io/progress.ts';
import type { Label, LanguageModel } from '../lm/language-model.ts';
import { TRANSFORMERS_PREFIX } from '../lm/transformers/model-prefix.ts';
import { chatTemplateOf } from '../models/chat-templates.ts';
import type { ModelEntry } from '../models/model-entry.ts';
import { parseModelReference } from '../models/model-reference.ts';
import { openModelStore } from './manage-models.ts';
import { resolveFrom } from './read-team.ts';

/** Who wants to know about downloads. */
export interface ModelEvents {
  readonly onDownload?: (name: string, progress: Progress) => void;
  readonly onNotice?: (text: string) => void;
}

export interface ModelOpenerOptions extends ModelEvents {
  readonly env: Environment;
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

type ModelSettings = Pick<
  EscalationConfig,
  | 'model'
  | 'adapter'
  | 'adapterScale'
  | 'contextSize'
  | 'threads'
  | 'gpu'
  | 'batching'
  | 'apiKeyEnv'
  | 'timeoutMs'
  | 'concurrency'
>;

export interface ModelRequest extends ModelSettings {
  /** Labels a judge will be asked for; null for other uses. */
  readonly labels: readonly Label[] | null;
  /** Relative paths start here. */
  readonly folder: string;
}

export interface OpenedModel {
  readonly model: LanguageModel;
  /** What the registry knows of it; null for files and servers. */
  readonly entry: ModelEntry | null;
}

/** Opens models by reference and closes all of them at the end. */
export interface ModelOpener {
  /** @throws {CodejuryError} for a reference that is wrong, cannot be fetched, or does not load. */
  readonly open: (request: ModelRequest) => Promise<OpenedModel>;
  readonly dispose: () => Promise<void>;
}

/** Most samples advanced together by the embedded engine: each costs its own attention cache. */
const MAX_PARALLEL_SAMPLES = 8;

/** An opener without any model opened. */
export function openModelOpener(options: ModelOpenerOptions): ModelOpener {
  const opened: LanguageModel[] = [];
  return {
    open: async (request) => {
      const result = await openModel(request, options);
      opened.push(result.model);
      return result;
    },
    dispose: async () => {
      for (const model of opened.splice(0).reverse()) {
        await model.dispose();
      }
    },
  };
}

async function openModel(request: ModelRequest, options: ModelOpenerOptions): Promise<OpenedModel> {
  const { env, signal } = options;
  if (request.model.startsWith(TRANSFORMERS_PREFIX)) return openInPython(request, options);
  const reference = parseModelReference(request.model, { workingFolder: request.folder, env });
  if (reference.kind === 'openai') {
    if (request.adapter !== null) {
      throw new CodejuryError(
        'usage',
        `${request.model}: an adapter cannot be loaded into a server from here`,
        {
          hint: 'start the server with the adapter and name the adapted model',
        },
      );
    }
    const { openOpenaiModel } = await import('../lm/openai/open-openai-model.ts');
    const model = await openOpenaiModel({
      name: request.model,
      model: reference.model,
      baseUrl: reference.baseUrl,
      apiKeyEnv: request.apiKeyEnv,
      env,
      timeoutMs: request.timeoutMs,
      concurrency: request.concurrency,
    });
    return { model, entry: null };
  }
  const store = openModelStore(env);
  const { onDownload, onNotice } = options;
  const file = await store.ensure(reference, {
    signal,
    offline: options.offline,
    onProgress: (progress) => onDownload?.(request.model, progress),
    onNotice: (notice) => onNotice?.(notice.message),
  });
  const { openLlamaModel } = await import('../lm/llama/open-llama-model.ts');
  const model = await openLlamaModel({
    name: request.model,
    path: file.path,
    digest: file.sha256,
    adapter: request.adapter === null ? null : await describeAdapter(request, request.adapter, signal),
    contextSize: request.contextSize,
    threads: request.threads,
    gpu: request.gpu,
    gpuLayers: null,
    batching: request.batching,
    maxParallelSamples: MAX_PARALLEL_SAMPLES,
    chatTemplate: chatTemplateOf(file.entry),
    derivedFolder: join(resolveHome(env).modelsDir, 'derived'),
    labels: request.labels,
  });
  return { model, entry: file.entry };
}

/** A folder of transformers, from the folder of the team file or profile on. */
async function openInPython(
  { model: name, folder, adapter }: ModelRequest,
  { env, signal }: ModelOpenerOptions,
): Promise<OpenedModel> {
  if (adapter !== null) {
    throw new CodejuryError('usage', `${name}: adapters are for models of the embedded engine`);
  }
  const [{ openTransformersModel }, { findTrainerPython, trainerFolder }] = await Promise.all([
    import('../lm/transformers/open-transformers-model.ts'),
    import('./train/trainer-environment.ts'),
  ]);
  const path = resolveFrom(folder, name.slice(TRANSFORMERS_PREFIX.length));
  const weights = join(path, 'model.safetensors');
  const digest = await hashFile(weights, { signal }).catch((cause: unknown) => {
    throw new CodejuryError('not-found', `${name}: there are no weights ${weights}`, { cause });
  });
  const python = await findTrainerPython(env);
  const model = await openTransformersModel({
    name,
    digest,
    path,
    python,
    trainer: trainerFolder(),
    env,
    signal,
  });
  return { model, entry: null };
}

async function describeAdapter(request: ModelRequest, adapter: string, signal: AbortSignal) {
  const path = resolveFrom(request.folder, adapter);
  try {
    return { path, scale: request.adapterScale, digest: await hashFile(path, { signal }) };
  } catch (cause) {
    if (signal.aborted) {
      throw cause;
    }
    throw new CodejuryError('not-found', `cannot read the adapter ${path}`, {
      hint: 'an adapter is a LoRA in GGUF format; its path starts from the folder of the team file or profile',
      cause,
    });
  }
}
