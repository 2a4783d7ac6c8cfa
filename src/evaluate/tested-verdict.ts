/** A judge's verdict beside the truth. */
export interface TestedVerdict {
  readonly taskId: string;
  /** 1 = passes all tests of its task. */
  readonly truth: 0 | 1;
  /** What the judge says; null = no valid answer, which counts for nothing but the number of invalid ones. */
  readonly label: 0 | 1 | null;
  /** What candidates are ordered by, higher = more likely correct; null when there is nothing to order by. */
  readonly score: number | null;
  /** The judge's P(correct), in [0, 1]; null when it gives none: a rating is a score, but no probability. */
  readonly probabilityCorrect: number | null;
  /** Probability of the label it gave, in [0, 1]; null when it gives none. */
  readonly confidence: number | null;
}

/** A score or probability beside the truth. */
export interface ScoredCandidate {
  readonly truth: 0 | 1;
  /** Higher = more likely correct. */
  readonly score: number;
}
