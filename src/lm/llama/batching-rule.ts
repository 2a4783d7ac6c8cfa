import type { LlamaBatching } from './llama-model-options.ts';

/**
 * How samples of one prompt are produced: as asked, and batched with `auto`. Batched was the faster one for every
 * quantisation and number of threads measured (10 samples of 64 tokens of a 135M model, tokens per second batched and
 * in turn: 1 thread Q4_0 274/168, Q4_1 127/117, Q5_1 113/100, Q8_0 141/123, F16 58/45; 2 threads about 3 times as
 * fast, Q4_1 205/64; `npm run bench -- sampling`). It is a rule and not a probe at load, because batches of another
 * size round differently: a timing would decide about texts. What batched costs is memory, one attention cache for
 * each sample under way.
 */
export function resolveBatching(asked: LlamaBatching): 'batched' | 'in-turn' {
  return asked === 'auto' ? 'batched' : asked;
}
