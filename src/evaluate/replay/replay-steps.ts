import type { ReplayedCandidate, ReplayedDraw } from './replayed-draw.ts';

/** Where a draw stands after some of its samples. */
export interface ReplayStep {
  readonly samples: number;
  /** Of writing the samples and of judging their distinct candidates, each once. */
  readonly cost: number;
  /** The best so far; null while no sample held a candidate. */
  readonly answer: ReplayedCandidate | null;
}

interface Drawn {
  readonly candidate: ReplayedCandidate;
  readonly multiplicity: number;
  readonly firstIndex: number;
}

/**
 * The draw after its first sample, after two, and so on to all of them; empty for a draw without samples. The best is what `rank`
 * and `solve` choose among these samples: the highest score, of equal ones what more of the samples are, then what is likelier,
 * then what came first; a candidate without a score comes after all that have one.
 */
export function replaySteps({ samples }: ReplayedDraw): readonly ReplayStep[] {
  const drawn = new Map<string, Drawn>();
  let cost = 0;
  let best: Drawn | null = null;
  return samples.map((sample, index) => {
    const { candidate } = sample;
    cost += sample.cost;
    if (candidate !== null) {
      const known = drawn.get(candidate.id);
      if (known === undefined) cost += candidate.judgementCost;
      const { multiplicity, firstIndex } = known ?? { multiplicity: 0, firstIndex: index };
      const now = { candidate, multiplicity: multiplicity + 1, firstIndex };
      drawn.set(candidate.id, now);
      // Only this one has become better: the others stand to one another as before.
      if (best === null || isBetter(now, best)) best = now;
    }
    return { samples: index + 1, cost, answer: best?.candidate ?? null };
  });
}

function isBetter(a: Drawn, b: Drawn): boolean {
  const difference =
    ascending(a.candidate.score, b.candidate.score) ||
    a.multiplicity - b.multiplicity ||
    ascending(a.candidate.meanLogProbability, b.candidate.meanLogProbability) ||
    b.firstIndex - a.firstIndex;
  return difference > 0;
}

/** Null is below any number. */
function ascending(a: number | null, b: number | null): number {
  return a === null || b === null ? Number(a !== null) - Number(b !== null) : a - b;
}
