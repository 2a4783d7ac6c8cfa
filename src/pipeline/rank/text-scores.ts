import pLimit from 'p-limit';
import { CodejuryError } from '../../errors.ts';
import {
  type LanguageModel,
  type Prompt,
  requireCapability,
  type TextScore,
} from '../../lm/language-model.ts';
import type { ResultCache } from '../../store/result-cache.ts';
import { hashJson } from '../../util/hash.ts';
import type { Ledger } from '../ledger.ts';
import { recordTextScores } from '../record-text-scores.ts';

/**
 * log p(text | prompt); null when both do not fit the model's context.
 *
 * @throws {CodejuryError} `capability` for a model that cannot score text; what the engine reports.
 */
export type TextScorer = (prompt: Prompt, text: string) => Promise<TextScore | null>;

/** A scorer that asks the model once about each text, and not at all about what is on record. */
export function openTextScorer(
  model: LanguageModel,
  { cache, ledger, signal }: { cache: ResultCache; ledger: Pick<Ledger, 'notice'>; signal: AbortSignal },
): TextScorer {
  const limit = pLimit(model.concurrency);
  const recorded = recordTextScores(model, cache);
  const asked = new Map<string, Promise<TextScore | null>>();
  const ask = async (prompt: Prompt, text: string): Promise<TextScore | null> => {
    try {
      const scoreText = requireCapability(recorded, 'scoreText');
      return await limit(() => scoreText({ prompt, text, signal }));
    } catch (error) {
      if (!(error instanceof CodejuryError) || error.code !== 'context-length') throw error;
      ledger.notice(`${model.name} could not read every candidate: ${error.message}`);
      return null;
    }
  };
  return (prompt, text) => {
    const key = hashJson({ prompt, text });
    const answer = asked.get(key) ?? ask(prompt, text);
    asked.set(key, answer);
    return answer;
  };
}
