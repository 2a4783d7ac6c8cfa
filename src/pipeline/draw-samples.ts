import { type Sample, sampleSchema } from '../contracts/sample.ts';
import { type GenerateRequest, generateSamples, sampleSeed } from '../generate/generate-samples.ts';
import type { ResultCache } from '../store/result-cache.ts';
import { hashJson } from '../util/hash.ts';

export interface DrawnSample {
  readonly sample: Sample;
  /** It came from an earlier run. */
  readonly reused: boolean;
}

/**
 * Samples 0 … n−1 in the order of their index, whatever order they finish in: everything after this stage is then
 * independent of timing. What an earlier run drew is reused, but only for weights with a known digest: what stands
 * behind a server's model name may change.
 */
export async function* drawSamples(
  request: GenerateRequest,
  cache: ResultCache,
): AsyncGenerator<DrawnSample> {
  const keys = new Map(request.indices.map((index) => [index, sampleKey(request, index)]));
  const ready = new Map<number, DrawnSample>();
  for (const [index, key] of keys) {
    const stored = key === null ? null : sampleSchema.safeParse(cache.get('sample', key));
    if (stored?.success) {
      ready.set(index, { sample: { ...stored.data, index }, reused: true });
    }
  }
  if (!request.inTurn && ready.size < request.indices.length) {
    // Samples drawn together share batches, whose size moves the last digits of a logit: what an interrupted run left
    // would not fit to the rest. The same seed gives the same samples only when all of them are drawn again.
    ready.clear();
  }
  const missing = request.indices.filter((index) => !ready.has(index));
  const fresh = generateSamples({ ...request, indices: missing });
  try {
    for (const index of request.indices) {
      while (!ready.has(index)) {
        const { value: sample, done } = await fresh.next();
        if (done) {
          throw new Error(`${request.model.engine} ended without sample ${index}`);
        }
        ready.set(sample.index, { sample, reused: false });
        const key = keys.get(sample.index);
        if (key) {
          cache.put('sample', key, sample);
        }
      }
      const next = ready.get(index);
      if (next) {
        ready.delete(index);
        yield next;
      }
    }
  } finally {
    await fresh.return(undefined);
  }
}

/**
 * Where answers end early is no part of the key: a whole answer and one that was ended give the same candidate, so samples of
 * versions that did not end them stay of use.
 */
function sampleKey(request: GenerateRequest, index: number): string | null {
  const { model, prompt, settings, stop, taskId, seed } = request;
  if (model.digest === null) {
    return null;
  }
  return hashJson({
    digest: model.digest,
    engine: model.settings,
    prompt,
    settings,
    stop,
    taskId,
    seed: sampleSeed(seed, taskId, index),
    together: request.inTurn ? 1 : request.indices.length,
  });
}
