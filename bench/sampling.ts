/** 10 samples of one prompt, batched against in turn, with one and two threads: what the batching rule rests on. */

import { performance } from 'node:perf_hooks';
import { type LanguageModel, requireCapability } from '../src/lm/language-model.ts';
import { openBenchModel } from './open-bench-model.ts';

const SAMPLES = 10;
const TOKENS = 64;
const ROUNDS = 3;

const PROMPT = {
  kind: 'chat',
  messages: [
    { role: 'user', content: 'Write a Python function that merges overlapping intervals, with doctests.' },
  ],
} as const;

export async function run(): Promise<void> {
  console.log(
    `sampling: ${SAMPLES} samples of up to ${TOKENS} tokens, tokens per second, best of ${ROUNDS} rounds`,
  );
  for (const threads of [1, 2]) {
    const batched = await openBenchModel({ threads, batching: 'batched' });
    const inTurn = await openBenchModel({ threads, batching: 'in-turn' });
    try {
      // Rounds alternate, and the best counts: two threads that another program disturbs lose most of their speed.
      const batchedRates: number[] = [];
      const inTurnRates: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        batchedRates.push(await tokensPerSecond(batched));
        inTurnRates.push(await tokensPerSecond(inTurn));
      }
      const [best, bestInTurn] = [Math.max(...batchedRates), Math.max(...inTurnRates)];
      console.log(
        `  threads ${threads}: batched ${best.toFixed(0)}, in turn ${bestInTurn.toFixed(0)}, ratio ${(best / bestInTurn).toFixed(2)}`,
      );
    } finally {
      await batched.dispose();
      await inTurn.dispose();
    }
  }
}

async function tokensPerSecond(model: LanguageModel): Promise<number> {
  const startedAt = performance.now();
  let tokens = 0;
  for await (const { tokenCount } of requireCapability(
    model,
    'sample',
  )({
    prompt: PROMPT,
    seeds: Array.from({ length: SAMPLES }, (_value, index) => index),
    temperature: 1,
    topP: 1,
    topK: 0,
    maxTokens: TOKENS,
    stop: [],
    inTurn: false,
  })) {
    tokens += tokenCount ?? 0;
  }
  return (tokens / (performance.now() - startedAt)) * 1000;
}
