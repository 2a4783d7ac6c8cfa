import { CodejuryError } from '../../errors.ts';
import type { LanguageModel } from '../language-model.ts';
import { resolveBatching } from './batching-rule.ts';
import { checkAdapterFile } from './check-gguf.ts';
import { createEvaluationContext } from './evaluation-context.ts';
import { createHiddenStateReaders } from './hidden-state-readers.ts';
import type { LlamaModelOptions } from './llama-model-options.ts';
import { createMutex } from './mutex.ts';
import { createNativeSampler } from './native.ts';
import { NODE_LLAMA_VERSION } from './node-llama.ts';
import { createPrefixCache } from './prefix-cache.ts';
import { createPromptRenderer } from './render-prompt.ts';
import { resolveLabels } from './resolve-labels.ts';
import { sampleTexts } from './sample-texts.ts';
import { createSamplingContexts } from './sampling-contexts.ts';
import { scoreLabels } from './score-labels.ts';
import { scoreText } from './score-text.ts';
import type { ScoringEngine } from './scoring-engine.ts';
import { acquireWeights, type SharedWeights } from './shared-weights.ts';
import { createTextEmbedder } from './text-embedder.ts';
import { resolveThreads } from './threads.ts';

/** Context size where the user sets none and the model was trained for more; LlamaModelOptions says why. */
const DEFAULT_CONTEXT_SIZE = 4096;

/**
 * Opens a GGUF file in this process, with every capability of LanguageModel. Models opened on the same file with the
 * same GPU settings share its weights; each has its own caches and its own adapter. The same request gives the same
 * texts and numbers in every run and in any order of requests, as long as `settings` and the processor are the same.
 *
 * @throws {CodejuryError} `not-found` and `model` for a wrong file, adapter or label; `engine` when node-llama-cpp is
 *   missing or the memory is too small; `usage` for a setting out of range.
 */
export async function openLlamaModel(options: LlamaModelOptions): Promise<LanguageModel> {
  checkOptions(options);
  const weights = await acquireWeights(options);
  try {
    return await createModel(options, weights);
  } catch (error) {
    await weights.release();
    throw error;
  }
}

async function createModel(options: LlamaModelOptions, weights: SharedWeights): Promise<LanguageModel> {
  const { name, adapter, digest } = options;
  const { model, vocabulary } = weights;
  if (adapter !== null) {
    await checkAdapterFile(weights.library, adapter.path, model.fileInfo);
  }
  if (options.labels !== null) {
    resolveLabels(vocabulary, options.labels, name);
  }
  const contextSize = resolveContextSize(options, model.trainContextSize);
  const threads = resolveThreads(options.threads);
  const gpu = weights.llama.gpu || 'off';
  const maxParallelSamples = resolveBatching(options.batching) === 'in-turn' ? 1 : options.maxParallelSamples;
  const renderer = createPromptRenderer(model, vocabulary, name, options.chatTemplate);
  const contexts = createSamplingContexts(weights, { name, contextSize, threads, adapter });
  const embedder = createTextEmbedder(weights, { name, contextSize, threads });
  const states =
    options.derivedFolder === undefined
      ? null
      : createHiddenStateReaders({
          ...options,
          derivedFolder: options.derivedFolder,
          contextSize,
          threads,
          renderer,
        });
  const scoringQueue = createMutex();
  let scoring: ScoringEngine | null = null;
  let disposed = false;

  const checkOpen = () => {
    if (disposed) {
      throw new CodejuryError('engine', `${name} has been closed`);
    }
  };

  const openScoring = async (): Promise<ScoringEngine> => {
    checkOpen();
    if (scoring === null) {
      const context = await createEvaluationContext(weights, {
        name,
        sequences: 1,
        contextSize,
        threads,
        adapter,
      });
      const greedy = createNativeSampler(model, { temperature: 0, seed: 0 });
      scoring = { name, vocabulary, renderer, context, greedy, prefixes: createPrefixCache(context, 0) };
    }
    return scoring;
  };

  // An adapter that llama.cpp refuses is to be found now, not at the first candidate.
  if (adapter !== null) await openScoring();
  const base = adapter === null ? null : await openLlamaModel({ ...options, adapter: null });

  return {
    name,
    engine: 'llama',
    digest:
      digest === null || adapter?.digest === null
        ? null
        : [digest, adapter?.digest].filter(Boolean).join('+'),
    contextSize,
    concurrency: 1,
    notices:
      options.threads !== null && threads < options.threads
        ? [`threads: ${options.threads} asked for, ${threads} used, as many as there are cores`]
        : [],
    settings: {
      runtime: `node-llama-cpp ${NODE_LLAMA_VERSION}`,
      gpu,
      threads,
      contextSize,
      maxParallelSamples,
      adapterScale: adapter?.scale ?? null,
    },
    sample: (request) => {
      checkOpen();
      return sampleTexts({ name, weights, renderer, contexts, contextSize, maxParallelSamples }, request);
    },
    scoreLabels: (request) => scoringQueue(async () => await scoreLabels(await openScoring(), request)),
    scoreText: (request) => scoringQueue(async () => await scoreText(await openScoring(), request)),
    embed: async (text, signal) => {
      checkOpen();
      return await embedder.embed(text, signal);
    },
    ...(states === null
      ? {}
      : {
          hiddenStates: (request) => {
            checkOpen();
            return states.read(request);
          },
          layerCount: model.fileInfo.architectureMetadata.block_count,
        }),
    ...(base === null ? {} : { base }),
    countTokens: async (prompt) => {
      checkOpen();
      return renderer.render(prompt).length;
    },
    dispose: async () => {
      if (disposed) {
        return;
      }
      disposed = true;
      await contexts.dispose();
      await embedder.dispose();
      await states?.dispose();
      await base?.dispose();
      await scoringQueue(async () => {
        scoring?.greedy.dispose();
        await scoring?.context.dispose();
        scoring = null;
      });
      await weights.release();
    },
  };
}

function resolveContextSize({ name, contextSize }: LlamaModelOptions, trained: number): number {
  if (contextSize !== null && contextSize > trained) {
    throw new CodejuryError(
      'usage',
      `contextSize: ${name} was trained for ${trained} tokens, received ${contextSize}`,
      { hint: `set contextSize to at most ${trained}` },
    );
  }
  return contextSize ?? Math.min(DEFAULT_CONTEXT_SIZE, trained);
}

function checkOptions({
  contextSize,
  threads,
  gpuLayers,
  maxParallelSamples,
  adapter,
}: LlamaModelOptions): void {
  const atLeast = (name: string, value: number | null, least: number) => {
    if (value !== null && !(Number.isInteger(value) && value >= least)) {
      throw new CodejuryError(
        'usage',
        `${name}: expected an integer of at least ${least}, received ${value}`,
      );
    }
  };
  atLeast('contextSize', contextSize, 16);
  atLeast('threads', threads, 1);
  atLeast('gpuLayers', gpuLayers, 0);
  atLeast('maxParallelSamples', maxParallelSamples, 1);
  if (adapter !== null && !Number.isFinite(adapter.scale)) {
    throw new CodejuryError('usage', `adapter scale: expected a number, received ${adapter.scale}`);
  }
}
