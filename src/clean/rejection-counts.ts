import type { Candidate, RejectionReason } from '../contracts/candidate.ts';

/**
 * How many samples were rejected for each reason (a merged candidate counts once for each of its samples); reasons that
 * did not occur are absent.
 */
export function rejectionCounts(candidates: readonly Candidate[]): Partial<Record<RejectionReason, number>> {
  const counts: Partial<Record<RejectionReason, number>> = {};
  for (const { rejected, samples } of candidates) {
    if (rejected !== null) {
      counts[rejected.reason] = (counts[rejected.reason] ?? 0) + samples.length;
    }
  }
  return counts;
}
