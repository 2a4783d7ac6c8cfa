/** A candidate, its votes and how it behaves. */
export interface BehavingCandidate {
  readonly id: string;
  readonly multiplicity: number;
  /** Equal behaviour, equal text; null = nothing could be observed, and nobody is like it. */
  readonly behaviour: string | null;
  /** The judge's probability that it is right, in [0, 1]; null = no valid verdict, a vote without weight. */
  readonly probability: number | null;
}

/** Within a cluster the judge decides; small enough that it never decides between clusters that differ. */
const OWN_WEIGHT = 1e-9;

/**
 * Candidates that behave alike pool their votes: the score is the sum of multiplicity × probability over the cluster, plus a
 * billionth of the candidate's own probability. Null without a vote of weight in the cluster.
 *
 * @see arXiv 2311.03366, which ranks clusters of equal outputs by how they agree
 */
export function clusterScores(candidates: readonly BehavingCandidate[]): Map<string, number | null> {
  const clusters = Map.groupBy(candidates, ({ id, behaviour }) =>
    behaviour === null ? `alone ${id}` : `alike ${behaviour}`,
  );
  const scores = new Map<string, number | null>();
  for (const cluster of clusters.values()) {
    const known = cluster.filter(({ probability }) => probability !== null);
    const votes = known.reduce(
      (total, { multiplicity, probability }) => total + multiplicity * (probability ?? 0),
      0,
    );
    for (const { id, probability } of cluster) {
      scores.set(id, known.length === 0 ? null : votes + OWN_WEIGHT * (probability ?? 0));
    }
  }
  return scores;
}
