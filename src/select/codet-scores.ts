/** A candidate, how many samples are it, and which distinct tests it passes: equal strings pass the same tests. */
export interface TestedCandidate {
  readonly id: string;
  readonly multiplicity: number;
  /** A digit a distinct test, `1` = passes. */
  readonly passes: string;
}

/**
 * CodeT's dual agreement: candidates that pass exactly the same tests are a set, and all of a set score √(samples in it) × tests
 * they pass, with duplicates of both counted. 0 for candidates that pass none. Empty for no candidates.
 *
 * @param testCounts how often each distinct test was written, in the order of the digits
 * @see arXiv 2207.10397
 */
export function codetScores(
  candidates: readonly TestedCandidate[],
  testCounts: readonly number[],
): Map<string, number> {
  const scores = new Map<string, number>();
  for (const [passes, set] of Map.groupBy(candidates, (candidate) => candidate.passes)) {
    const samples = set.reduce((total, { multiplicity }) => total + multiplicity, 0);
    const tests = testCounts.reduce((total, count, test) => total + (passes[test] === '1' ? count : 0), 0);
    for (const { id } of set) scores.set(id, Math.sqrt(samples) * tests);
  }
  return scores;
}
