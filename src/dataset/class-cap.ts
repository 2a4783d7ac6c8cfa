import { hashParts } from '../util/hash.ts';

/** Keeps at most so many candidates of each class of each task, chosen by a seeded hash. */
export interface ClassCap {
  /** First all candidates are shown, … */
  see(taskId: string, label: 0 | 1, candidateId: string): void;
  /** … then each can be asked about. */
  keeps(taskId: string, label: 0 | 1, candidateId: string): boolean;
}

/**
 * A cap of `most` candidates for each task and label; null keeps all. Which ones are kept depends on the seed and on the
 * candidates, not on their order. Takes memory for the ranks of those that are kept, never for all.
 */
export function createClassCap(most: number | null, seed: number): ClassCap {
  /** The lowest ranks seen, ascending, at most `most` of them. */
  const kept = new Map<string, string[]>();
  const rankOf = (candidateId: string) => hashParts(String(seed), candidateId).slice(0, 16);
  return {
    see: (taskId, label, candidateId) => {
      if (most === null) return;
      const key = `${label} ${taskId}`;
      const ranks = kept.get(key) ?? [];
      kept.set(key, ranks);
      const rank = rankOf(candidateId);
      if (ranks.length >= most && rank >= (ranks.at(-1) ?? '')) return;
      const at = ranks.findIndex((other) => other > rank);
      ranks.splice(at < 0 ? ranks.length : at, 0, rank);
      ranks.length = Math.min(ranks.length, most);
    },
    keeps: (taskId, label, candidateId) =>
      most === null || rankOf(candidateId) <= (kept.get(`${label} ${taskId}`)?.at(-1) ?? ''),
  };
}
