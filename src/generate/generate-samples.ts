import type { Sample } from '../contracts/sample.ts';
import {
  type LanguageModel,
  type Prompt,
  requireCapability,
  type SampleRequest,
} from '../lm/language-model.ts';
import { hashSeed } from '../util/hash.ts';

/** Sampling values with nothing left open. */
export interface SamplingSettings {
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  readonly maxTokens: number;
}

export interface GenerateRequest {
  readonly model: LanguageModel;
  readonly prompt: Prompt;
  readonly taskId: string;
  /** Indices of the samples wanted; sample i's seed is a hash of (seed, task id, i), whatever else is asked for. */
  readonly indices: readonly number[];
  readonly seed: number;
  readonly settings: SamplingSettings;
  readonly stop: readonly string[];
  /** See SampleRequest. */
  readonly isComplete?: SampleRequest['isComplete'];
  /** One after another, so that stopping early saves most. */
  readonly inTurn: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The seed of one sample, in [0, 2^31). */
export function sampleSeed(seed: number, taskId: string, index: number): number {
  return hashSeed(seed, taskId, index);
}

/**
 * Draws samples and yields them as they finish (any order). A caller that stops iterating stops the generator.
 *
 * @throws {CodejuryError} `capability`, `context-length`, or whatever the engine reports.
 */
export async function* generateSamples(request: GenerateRequest): AsyncGenerator<Sample> {
  const sample = requireCapability(request.model, 'sample');
  const seeds = request.indices.map((index) => sampleSeed(request.seed, request.taskId, index));
  for await (const text of sample({
    prompt: request.prompt,
    seeds,
    ...request.settings,
    stop: request.stop,
    isComplete: request.isComplete,
    inTurn: request.inTurn,
    signal: request.signal,
  })) {
    const index = request.indices[text.index];
    const seed = seeds[text.index];
    if (index === undefined || seed === undefined) {
      throw new Error(`${request.model.engine} returned sample ${text.index} of ${seeds.length}`);
    }
    yield {
      taskId: request.taskId,
      generator: request.model.name,
      index,
      seed,
      text: text.text,
      tokenCount: text.tokenCount,
      meanLogProbability: text.meanLogProbability,
      finishReason: text.finishReason,
      durationMs: text.durationMs,
    };
  }
}
