import pLimit from 'p-limit';
import { z } from 'zod';
import { CodejuryError } from '../../errors.ts';
import { type LanguageModel, type Prompt, requireCapability } from '../../lm/language-model.ts';
import type { ResultCache } from '../../store/result-cache.ts';
import { hashJson } from '../../util/hash.ts';
import type { Ledger } from '../ledger.ts';

const scoreSchema = z.object({ logProbability: z.number(), tokenCount: z.int().positive() });

/** log p of a whole text (natural logarithm), and how many tokens it has. */
export type StoredTextScore = Readonly<z.infer<typeof scoreSchema>>;

/**
 * log p(text | prompt); null when both do not fit the model's context.
 *
 * @throws {CodejuryError} `capability` for a model that cannot score text; what the engine reports.
 */
export type TextScorer = (prompt: Prompt, text: string) => Promise<StoredTextScore | null>;

/** A scorer that asks the model once about each text, and not at all about what is on record. */
export function openTextScorer(
  model: LanguageModel,
  { cache, ledger, signal }: { cache: ResultCache; ledger: Pick<Ledger, 'notice'>; signal: AbortSignal },
): TextScorer {
  const limit = pLimit(model.concurrency);
  const asked = new Map<string, Promise<StoredTextScore | null>>();
  const ask = async (prompt: Prompt, text: string, key: string): Promise<StoredTextScore | null> => {
    // What stands behind a server's model name may change.
    const isKnown = model.digest !== null;
    const stored = isKnown ? scoreSchema.safeParse(cache.get('text-score', key)) : null;
    if (stored?.success) return stored.data;
    try {
      const scoreText = requireCapability(model, 'scoreText');
      const { logProbability, tokenCount } = await limit(() => scoreText({ prompt, text, signal }));
      if (isKnown) cache.put('text-score', key, { logProbability, tokenCount });
      return { logProbability, tokenCount };
    } catch (error) {
      if (!(error instanceof CodejuryError) || error.code !== 'context-length') throw error;
      ledger.notice(`${model.name} could not read every candidate: ${error.message}`);
      return null;
    }
  };
  return (prompt, text) => {
    const key = hashJson({ digest: model.digest, settings: model.settings, prompt, text });
    const answer = asked.get(key) ?? ask(prompt, text, key);
    asked.set(key, answer);
    return answer;
  };
}
