/** 10 samples of one prompt, batched against in turn, with one and two threads: what the batching rule rests on. */

import { performance } from 'node:perf_hooks';
import { requireCapability } from '../src/lm/language-model.ts';
import { median } from './median.ts';
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
    `sampling: ${SAMPLES} samples of up to ${TOKENS} tokens, median of ${ROUNDS} rounds, tokens per second`,
  );
  for (const threads of [1, 2]) {
    const batched = await tokensPerSecond(threads, 'batched');
    const inTurn = await tokensPerSecond(threads, 'in-turn');
    console.log(
      `  ${threads} thread${threads === 1 ? ' ' : 's'}  batched ${batched.toFixed(0)}, in turn ${inTurn.toFixed(0)}, ratio ${(batched / inTurn).toFixed(2)}`,
    );
  }
}

async function tokensPerSecond(threads: number, batching: 'batched' | 'in-turn'): Promise<number> {
  const model = await openBenchModel({ threads, batching });
  try {
    const rates = [];
    for (let round = 0; round < ROUNDS; round++) {
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
      rates.push((tokens / (performance.now() - startedAt)) * 1000);
    }
    return median(rates);
  } finally {
    await model.dispose();
  }
}
