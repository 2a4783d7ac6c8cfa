import { type Ranker, scorerOf } from '../../select/ranker.ts';
import type { LikelihoodScores } from './likelihood-scores.ts';

/** The candidate whose code is likeliest per token. */
export function likelihoodRanker({ mean, how }: LikelihoodScores): Ranker {
  return {
    name: 'log-likelihood',
    ties: 'team',
    how: () => how,
    prepare: async ({ task, candidates }) => {
      const scored = candidates.map(
        async (candidate) => [candidate.id, await mean(task, candidate)] as const,
      );
      return scorerOf(new Map(await Promise.all(scored)));
    },
  };
}
