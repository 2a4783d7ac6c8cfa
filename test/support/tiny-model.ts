import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Label, Prompt, SampledText, SampleRequest } from '../../src/lm/language-model.ts';
import type { LlamaModelOptions } from '../../src/lm/llama/llama-model-options.ts';

/** The judge's labels, in their usual forms. */
export const TINY_LABELS: readonly Label[] = [
  { name: '0', forms: ['0', ' 0'] },
  { name: '1', forms: ['1', ' 1'] },
];

/** Options for a tiny model: one thread, no GPU, nothing else set. */
export function tinyOptions(path: string, overrides: Partial<LlamaModelOptions> = {}): LlamaModelOptions {
  return {
    name: 'tiny',
    path,
    digest: null,
    adapter: null,
    contextSize: null,
    threads: 1,
    gpu: 'off',
    gpuLayers: null,
    chatTemplate: null,
    batching: 'batched',
    maxParallelSamples: 4,
    labels: null,
    ...overrides,
  };
}

export function textPrompt(text: string): Prompt {
  return { kind: 'text', text };
}

/** A request for three plain samples at temperature 1. */
export function sampleRequest(prompt: Prompt, overrides: Partial<SampleRequest> = {}): SampleRequest {
  return {
    prompt,
    seeds: [11, 12, 13],
    temperature: 1,
    topP: 1,
    topK: 0,
    maxTokens: 12,
    stop: [],
    inTurn: false,
    ...overrides,
  };
}

/** All samples in the order of their seeds, without times. */
export async function collectSamples(
  samples: AsyncIterable<SampledText>,
): Promise<Omit<SampledText, 'durationMs'>[]> {
  const collected: Omit<SampledText, 'durationMs'>[] = [];
  for await (const { durationMs: _time, ...rest } of samples) {
    collected.push(rest);
  }
  return collected.sort((a, b) => a.index - b.index);
}

/** A folder for a test file; call `remove` afterwards. */
export async function temporaryFolder(): Promise<{
  path: (name: string) => string;
  remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'codejury-test-'));
  return { path: (name) => join(folder, name), remove: () => rm(folder, { recursive: true, force: true }) };
}
