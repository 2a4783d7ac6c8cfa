import { z } from 'zod';
import type { LanguageModel, TextScore } from '../lm/language-model.ts';
import type { ResultCache } from '../store/result-cache.ts';
import { hashJson } from '../util/hash.ts';

const scoreSchema = z.object({ logProbability: z.number(), tokenCount: z.int().positive() });

/**
 * The model with a `scoreText` that looks into the record first and keeps there what it computes: a judge and a ranker ask the same of
 * the same weights. As it is where it cannot score text, or is a server, behind whose name the weights may change.
 */
export function recordTextScores(model: LanguageModel, cache: ResultCache): LanguageModel {
  const { scoreText, digest, settings } = model;
  if (scoreText === undefined || digest === null) return model;
  return {
    ...model,
    scoreText: async (request) => {
      const { prompt, text } = request;
      const key = hashJson({ digest, settings, prompt, text });
      const stored = scoreSchema.safeParse(cache.get('text-score', key));
      if (stored.success) return stored.data;
      const { logProbability, tokenCount } = await scoreText(request);
      const score: TextScore = { logProbability, tokenCount };
      cache.put('text-score', key, score);
      return score;
    },
  };
}
