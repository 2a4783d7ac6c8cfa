import type { TieBreak } from '../contracts/solve-result.ts';

/** What ranking looks at; precomputed elsewhere. */
export interface Rankable {
  readonly id: string;
  /** Null ranks after all scored candidates. */
  readonly score: number | null;
  /** How many samples produced it. */
  readonly multiplicity: number;
  /** Null ranks after any known value. */
  readonly meanLogProbability: number | null;
  /** Lowest index among its samples; unique within a task. */
  readonly firstIndex: number;
}

export interface Ranking<R extends Rankable> {
  /** Best first. */
  readonly order: readonly R[];
  /** What put the best before the second when their scores were equal; null without such a tie. */
  readonly tieBrokenBy: TieBreak | null;
}

/**
 * Orders candidates by score, then multiplicity, then mean log-probability (all descending), then lowest sample
 * index. Independent of the input order. An empty input gives an empty order.
 */
export function rankCandidates<R extends Rankable>(candidates: readonly R[]): Ranking<R> {
  const order = [...candidates].sort((a, b) => compare(a, b).difference);
  const [best, second] = order;
  return { order, tieBrokenBy: best && second ? compare(best, second).tieBreak : null };
}

function compare(a: Rankable, b: Rankable): { difference: number; tieBreak: TieBreak | null } {
  const byScore = descending(a.score, b.score);
  if (byScore !== 0) {
    return { difference: byScore, tieBreak: null };
  }
  if (a.multiplicity !== b.multiplicity) {
    return { difference: b.multiplicity - a.multiplicity, tieBreak: 'multiplicity' };
  }
  const byLikelihood = descending(a.meanLogProbability, b.meanLogProbability);
  if (byLikelihood !== 0) {
    return { difference: byLikelihood, tieBreak: 'log-likelihood' };
  }
  return { difference: a.firstIndex - b.firstIndex, tieBreak: 'lowest-index' };
}

function descending(a: number | null, b: number | null): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return b - a;
}
