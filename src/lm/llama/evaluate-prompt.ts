import type { EvaluationContext } from './evaluation-context.ts';

/** Evaluates tokens from the beginning of a sequence, reading no logits: others will continue from there. */
export async function evaluatePrompt(
  context: EvaluationContext,
  sequence: number,
  tokens: readonly number[],
  signal: AbortSignal | undefined,
): Promise<void> {
  await context.evaluate({
    sequence,
    position: 0,
    tokens,
    readFrom: tokens.length,
    read: async () => undefined,
    signal,
  });
}
