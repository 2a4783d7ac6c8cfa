import { rankCandidates } from './rank-candidates.ts';
import type { Draw, DrawScorer, Ranker } from './ranker.ts';

export interface Choice {
  /** Null for a draw without candidates. */
  readonly candidateId: string | null;
  readonly score: number | null;
  /** Whether another candidate had the same score, so that something else decided. */
  readonly tied: boolean;
}

/** The candidate that a ranker puts first. Independent of the order of the draw's candidates. */
export function chooseOfDraw(draw: Draw, scorer: DrawScorer, ties: Ranker['ties']): Choice {
  const scores = scorer(draw);
  const { order, tieBrokenBy } = rankCandidates(
    draw.candidates.map(({ candidate, multiplicity, firstIndex }) => ({
      id: candidate.id,
      score: scores.get(candidate.id) ?? null,
      multiplicity: ties === 'team' ? multiplicity : 1,
      meanLogProbability: ties === 'team' ? candidate.meanLogProbability : null,
      firstIndex,
    })),
  );
  const best = order[0];
  return {
    candidateId: best?.id ?? null,
    score: best?.score ?? null,
    tied: tieBrokenBy !== null,
  };
}
