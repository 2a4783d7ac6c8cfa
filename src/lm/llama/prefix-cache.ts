import { evaluatePrompt } from './evaluate-prompt.ts';
import type { EvaluationContext } from './evaluation-context.ts';

/**
 * Keeps the evaluated beginning of the last prompt on one sequence. A beginning is always evaluated by itself and from
 * an empty cache, in the same chunks, so that what follows it gets the same numbers whether it was kept or not.
 */
export interface PrefixCache {
  /** Brings the sequence to exactly these tokens; how many of them had been evaluated before (all or none). */
  readonly prepare: (tokens: readonly number[], signal: AbortSignal | undefined) => Promise<number>;
}

export function createPrefixCache(context: EvaluationContext, sequence: number): PrefixCache {
  let kept: readonly number[] | null = null;
  return {
    prepare: async (tokens, signal) => {
      if (kept !== null && sameTokens(kept, tokens) && context.truncate(sequence, tokens.length)) {
        return tokens.length;
      }
      // Until the evaluation is through, an abort may leave half of it.
      kept = null;
      context.clear(sequence);
      await evaluatePrompt(context, sequence, tokens, signal);
      kept = tokens;
      return 0;
    },
  };
}

function sameTokens(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}
