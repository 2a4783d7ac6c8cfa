import type { LengthSummary } from '../contracts/data-card.ts';

/** Collects lengths; takes memory for the different ones, not for all. */
export interface LengthHistogram {
  add(length: number): void;
  summary(what: string): LengthSummary;
}

/** An empty histogram of whole numbers. A percentile is the smallest value that at least that share does not exceed. */
export function createLengthHistogram(): LengthHistogram {
  const counts = new Map<number, number>();
  let total = 0;
  return {
    add: (length) => {
      counts.set(length, (counts.get(length) ?? 0) + 1);
      total += 1;
    },
    summary: (what) => {
      const lengths = [...counts].sort(([a], [b]) => a - b);
      const percentile = (share: number): number | null => {
        let below = 0;
        for (const [length, count] of lengths) {
          below += count;
          if (below >= share * total) return length;
        }
        return null;
      };
      return {
        what,
        minimum: lengths[0]?.[0] ?? null,
        median: percentile(0.5),
        percentile90: percentile(0.9),
        maximum: lengths.at(-1)?.[0] ?? null,
      };
    },
  };
}
