import { CodejuryError, throwIfAborted } from '../../errors.ts';
import type { TextScore, TextScoreRequest } from '../language-model.ts';
import { checkContextLength } from './context-length.ts';
import type { ScoringEngine } from './scoring-engine.ts';

/**
 * Log-probability of a text after a prompt, over the full vocabulary at temperature 1. Prompt and text are tokenised
 * apart, as when the model generates the text itself; the prompt is evaluated once for consecutive requests.
 *
 * @throws {CodejuryError} `usage` for an empty prompt or text, `context-length`, `aborted`, `engine`.
 */
export async function scoreText(
  { name, vocabulary, renderer, context, prefixes, greedy }: ScoringEngine,
  { prompt, text, signal }: TextScoreRequest,
): Promise<TextScore> {
  throwIfAborted(signal);
  const before = renderer.render(prompt);
  const scored = vocabulary.encodeContinuation(text);
  if (before.length === 0 || scored.length === 0) {
    throw new CodejuryError(
      'usage',
      `nothing to score: the ${scored.length === 0 ? 'text' : 'prompt'} is empty`,
      {
        hint: 'give a prompt and a text of at least one character each',
      },
    );
  }
  checkContextLength(name, { prompt: before.length, answer: scored.length, available: context.contextSize });
  const shared = before.slice(0, -1);
  await prefixes.prepare(shared, signal);
  const logProbabilities = await context.evaluate({
    sequence: 0,
    position: shared.length,
    // The last token of the prompt predicts the first of the text; the last of the text predicts nothing asked for.
    tokens: [...before.slice(-1), ...scored.slice(0, -1)],
    readFrom: 0,
    read: async (logits, index) => {
      const token = scored[index] as number;
      const read = await logits.read(greedy, [token]);
      return read.logProbabilities.get(token) ?? Number.NEGATIVE_INFINITY;
    },
    signal,
  });
  return {
    logProbability: logProbabilities.reduce((sum, value) => sum + value, 0),
    tokenCount: scored.length,
  };
}
