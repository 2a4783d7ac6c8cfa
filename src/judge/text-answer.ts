import type { SampledText } from '../lm/language-model.ts';
import type { JudgeAnswer } from './judge-strategy.ts';

/**
 * The answer of a judge that wrote texts: what was read of them (label null = nothing), and what all calls cost. A written
 * answer has no probability.
 */
export function textAnswer(
  read: Pick<JudgeAnswer, 'label' | 'rating'>,
  calls: readonly Pick<SampledText, 'text' | 'durationMs' | 'promptTokens'>[],
): JudgeAnswer {
  return {
    ...read,
    probabilityCorrect: null,
    confidence: null,
    labelMass: null,
    texts: calls.map(({ text }) => text),
    latencyMs: calls.reduce((sum, { durationMs }) => sum + durationMs, 0),
    promptTokens: addTokens(calls.map(({ promptTokens }) => promptTokens)),
    cachedTokens: null,
  };
}

/** Null as soon as one is unknown. */
export function addTokens(counts: readonly (number | null)[]): number | null {
  return counts.reduce(
    (sum: number | null, count) => (sum === null || count === null ? null : sum + count),
    0,
  );
}
