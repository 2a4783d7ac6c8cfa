import { performance } from 'node:perf_hooks';
import { throwIfAborted } from '../../errors.ts';
import type { LabelRequest, LabelScores } from '../language-model.ts';
import { checkContextLength } from './context-length.ts';
import type { ReadLogits } from './evaluation-context.ts';
import { resolveLabels } from './resolve-labels.ts';
import type { ScoringEngine } from './scoring-engine.ts';
import { SPELLING_TOKENS } from './vocabulary.ts';

/** Whitespace tokens a model may put before its label. */
const MOST_WHITESPACE_TOKENS = 2;

/**
 * Full-vocabulary probabilities of the labels as the next token. What comes before `own` is evaluated once for
 * consecutive requests; its last token is left to the second evaluation, since it may be another one once `own`
 * follows. A request whose tokens do not begin with that part is evaluated whole. Where whitespace is most probable,
 * it is appended and the labels are read after it.
 *
 * @throws {CodejuryError} `model` for a label that is no token, `context-length`, `aborted`, `engine`.
 */
export async function scoreLabels(engine: ScoringEngine, request: LabelRequest): Promise<LabelScores> {
  const { name, vocabulary, renderer, context, prefixes, greedy } = engine;
  const { signal } = request;
  const startedAt = performance.now();
  throwIfAborted(signal);
  const labels = resolveLabels(vocabulary, request.labels, name);
  const { tokens, prefix } = renderer.renderLabelRequest(request);
  checkContextLength(name, {
    prompt: tokens.length,
    answer: MOST_WHITESPACE_TOKENS + 1,
    available: context.contextSize,
  });
  const shared = sharedTokens(tokens, prefix);
  const cachedTokens = await prefixes.prepare(shared, signal);

  const wanted = labels.flatMap((label) => label.tokens);
  const readAfter = async (position: number, added: readonly number[]): Promise<ReadLogits> => {
    const [result] = await context.evaluate({
      sequence: 0,
      position,
      tokens: added,
      readFrom: added.length - 1,
      read: async (logits) => await logits.read(greedy, wanted),
      signal,
    });
    return result as ReadLogits;
  };
  const isWhitespace = (token: number): boolean => {
    const text = vocabulary.decode([token], tokens.slice(-SPELLING_TOKENS));
    // Control tokens have no text and are not whitespace.
    return text !== '' && text.trim() === '';
  };

  let answer = await readAfter(shared.length, tokens.slice(shared.length));
  for (let extra = 0; extra < MOST_WHITESPACE_TOKENS && isWhitespace(answer.mostProbable); extra++) {
    answer = await readAfter(tokens.length + extra, [answer.mostProbable]);
  }
  const probabilityOf = (token: number): number =>
    Math.exp(answer.logProbabilities.get(token) ?? Number.NEGATIVE_INFINITY);
  return {
    probabilities: labels.map((label) =>
      Math.min(
        1,
        label.tokens.reduce((sum, token) => sum + probabilityOf(token), 0),
      ),
    ),
    upperBound: labels.map(() => false),
    promptTokens: tokens.length,
    cachedTokens,
    durationMs: performance.now() - startedAt,
  };
}

/** The beginning of `tokens` to evaluate by itself: `prefix` without its last token, or nothing if it is no beginning. */
export function sharedTokens(tokens: readonly number[], prefix: readonly number[]): readonly number[] {
  const shared = prefix.slice(0, -1);
  return shared.length < tokens.length && shared.every((token, index) => token === tokens[index])
    ? shared
    : [];
}
