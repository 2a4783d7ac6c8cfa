import { type PoolCandidate, type Ranker, scorerOf } from '../../select/ranker.ts';
import type { CandidateScore } from './score-sources.ts';

/** A way to score a candidate by itself, and what there is to say about it. */
export interface CandidateScores {
  readonly score: CandidateScore;
  /** In a line for people: what it looks at, by which model. */
  readonly how: string;
  readonly notices?: () => readonly string[];
}

/** The candidate that scores highest. */
export function scoreRanker(name: string, { score, how, notices = () => [] }: CandidateScores): Ranker {
  return {
    name,
    ties: 'team',
    how: () => how,
    notices,
    prepare: async ({ task, candidates }) =>
      scorerOf(await ofEach(candidates, (candidate) => score(task, candidate))),
  };
}

/** What `look` finds at each candidate, by id; all are looked at at once. */
export async function ofEach<T>(
  candidates: readonly PoolCandidate[],
  look: (candidate: PoolCandidate) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  return new Map(
    await Promise.all(candidates.map(async (candidate) => [candidate.id, await look(candidate)] as const)),
  );
}
