import { resolveHome } from '../src/io/home.ts';
import type { Label, LanguageModel } from '../src/lm/language-model.ts';
import type { LlamaModelOptions } from '../src/lm/llama/llama-model-options.ts';
import { openLlamaModel } from '../src/lm/llama/open-llama-model.ts';
import { createModelStore } from '../src/models/model-store.ts';

export const LABELS: readonly Label[] = [
  { name: '0', forms: ['0', ' 0'] },
  { name: '1', forms: ['1', ' 1'] },
];

/** The model to measure with, opened: see benchModelOptions. */
export async function openBenchModel(
  settings: Pick<LlamaModelOptions, 'threads' | 'batching'>,
): Promise<LanguageModel> {
  return await openLlamaModel(await benchModelOptions(settings));
}

/**
 * The model to measure with: the GGUF file of CODEJURY_BENCH_MODEL or of the argument after the benchmark's name, else
 * the embedded default, fetched if need be.
 */
export async function benchModelOptions(
  settings: Pick<LlamaModelOptions, 'threads' | 'batching'>,
): Promise<LlamaModelOptions> {
  const given = process.env.CODEJURY_BENCH_MODEL ?? process.argv[3];
  const store = createModelStore({ modelsDir: resolveHome(process.env).modelsDir, env: process.env });
  const path = given ?? (await store.ensure('smollm2-135m')).path;
  return {
    name: path,
    path,
    digest: null,
    adapter: null,
    contextSize: null,
    gpu: 'off',
    gpuLayers: null,
    chatTemplate: null,
    maxParallelSamples: 10,
    labels: LABELS,
    ...settings,
  };
}
