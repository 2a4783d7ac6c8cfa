import { performance } from 'node:perf_hooks';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { HiddenStateRequest, HiddenStates } from '../language-model.ts';
import { checkContextLength } from './context-length.ts';
import { CHUNK_TOKENS, type EvaluationContext } from './evaluation-context.ts';
import type { PrefixCache } from './prefix-cache.ts';
import type { PromptRenderer } from './render-prompt.ts';
import { renderWithOwn } from './render-with-own.ts';

/** What reading hidden states works with: the first layers of a model, used by one request at a time. */
export interface HiddenStateEngine {
  readonly name: string;
  readonly renderer: PromptRenderer;
  /** Opened with `keepStates`. */
  readonly context: EvaluationContext;
  readonly prefixes: PrefixCache;
}

/**
 * The states of a prompt after the last layer of the engine's context. The prompt is always evaluated in the same four
 * parts (what candidates share, the candidate, what follows, the last token), so that the numbers do not depend on
 * what was asked before.
 *
 * @throws {CodejuryError} `usage` for an empty `own`, `context-length`, `aborted`, `engine`.
 */
export async function readHiddenStates(
  { name, renderer, context, prefixes }: HiddenStateEngine,
  { signal, ...request }: HiddenStateRequest,
): Promise<HiddenStates> {
  const startedAt = performance.now();
  throwIfAborted(signal);
  const { tokens, evaluated, ownStart, ownEnd } = renderWithOwn(renderer, request);
  checkContextLength(name, { prompt: tokens.length, answer: 0, available: context.contextSize });
  if (ownEnd === ownStart) {
    throw new CodejuryError('usage', 'there is no candidate to read: its text is empty');
  }

  const cachedTokens = await prefixes.prepare(evaluated, signal);
  const meanOf = async (from: number, to: number): Promise<Float32Array> => {
    let sum = new Float32Array(0);
    for (let start = from; start < to; start += CHUNK_TOKENS) {
      const part = tokens.slice(start, Math.min(to, start + CHUNK_TOKENS));
      await context.evaluate({
        sequence: 0,
        position: start,
        tokens: part,
        readFrom: part.length,
        read: async () => undefined,
        signal,
      });
      const state = await context.meanState();
      const share = part.length / (to - from);
      sum = state.map((value, index) => (sum[index] ?? 0) + share * value);
    }
    return sum;
  };
  await meanOf(evaluated.length, ownStart);
  const mean = await meanOf(ownStart, ownEnd);
  await meanOf(ownEnd, tokens.length - 1);
  const last = await meanOf(tokens.length - 1, tokens.length);
  if (!last.every(Number.isFinite) || !mean.every(Number.isFinite)) {
    throw new CodejuryError('engine', `${name} computed hidden states that are not numbers`, {
      hint: 'the model file is probably damaged: verify its digest; on a GPU, try gpu off',
    });
  }
  return {
    mean,
    last,
    ownTokens: ownEnd - ownStart,
    promptTokens: tokens.length,
    cachedTokens,
    durationMs: performance.now() - startedAt,
  };
}
