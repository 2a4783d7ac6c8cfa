/** What a model says of a candidate, seen from both sides. Natural logarithms. */
export interface CoderReviewerScores {
  /** log p(code | task). */
  readonly coder: { readonly logProbability: number; readonly tokenCount: number };
  /** log p(description | code). */
  readonly reviewer: { readonly logProbability: number; readonly tokenCount: number };
}

/**
 * α·log p(code | task) + (1 − α)·log p(task | code), of whole texts (`sum`) or per token (`mean`). At most 0.
 *
 * @param alpha in [0, 1]; the paper's is 0.5
 * @see arXiv 2211.16490
 */
export function coderReviewerScore(
  { coder, reviewer }: CoderReviewerScores,
  per: 'sum' | 'mean',
  alpha: number,
): number {
  const of = ({ logProbability, tokenCount }: CoderReviewerScores['coder']) =>
    per === 'sum' ? logProbability : logProbability / tokenCount;
  return alpha * of(coder) + (1 - alpha) * of(reviewer);
}

/** A score that counts only where no candidate that is in order has one. */
export interface GuardedScore {
  readonly score: number | null;
  /** Nothing but `pass` or `return`, or text that repeats itself: likely without meaning anything. */
  readonly degenerate: boolean;
}

/** Orders by (not degenerate, score): the scores of degenerate candidates are null unless all of the draw are. */
export function withoutDegenerate(scores: ReadonlyMap<string, GuardedScore>): Map<string, number | null> {
  const allDegenerate = [...scores.values()].every(({ degenerate }) => degenerate);
  return new Map(
    [...scores].map(([id, { score, degenerate }]) => [id, degenerate && !allDegenerate ? null : score]),
  );
}
