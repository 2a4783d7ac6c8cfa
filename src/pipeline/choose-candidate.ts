import type { JudgedCandidate, RankedBy, TieBreak } from '../contracts/solve-result.ts';
import type { TeamConfig } from '../contracts/team.ts';
import { rankCandidates } from '../select/rank-candidates.ts';

export interface Choice {
  /** The best that was not rejected, whatever its score; null when all were rejected. */
  readonly best: JudgedCandidate | null;
  /** The best if it is good enough. */
  readonly selected: JudgedCandidate | null;
  readonly rankedBy: RankedBy;
  readonly tieBrokenBy: TieBreak | null;
}

/** Ranks what was not rejected and applies `minimumScore`; a candidate without a score never reaches a minimum. */
export function chooseCandidate(
  candidates: readonly JudgedCandidate[],
  config: Pick<TeamConfig, 'minimumScore'>,
  hasJudges: boolean,
): Choice {
  const { order, tieBrokenBy } = rankCandidates(
    candidates
      .filter((candidate) => candidate.rejected === null)
      .map((candidate) => ({
        id: candidate.id,
        score: candidate.score,
        multiplicity: candidate.samples.length,
        meanLogProbability: candidate.meanLogProbability,
        firstIndex: Math.min(...candidate.samples),
      })),
  );
  const best = candidates.find((candidate) => candidate.id === order[0]?.id) ?? null;
  const { minimumScore } = config;
  const goodEnough = minimumScore === null || (best?.score != null && best.score >= minimumScore);
  return {
    best,
    selected: goodEnough ? best : null,
    rankedBy: hasJudges ? 'judges' : 'log-likelihood',
    tieBrokenBy,
  };
}
