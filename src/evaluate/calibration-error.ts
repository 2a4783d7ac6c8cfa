import type { ReliabilityBin } from '../contracts/judge-evaluation.ts';
import type { ScoredCandidate } from './tested-verdict.ts';

/** The usual number of bins. */
export const BINS = 10;

/**
 * Mean squared difference of probability and truth, in [0, 1], lower is better: 0 = always sure and right, 0.25 = always one
 * half. Null without candidates.
 */
export function brierScore(candidates: readonly ScoredCandidate[]): number | null {
  const sum = candidates.reduce((total, { score, truth }) => total + (score - truth) ** 2, 0);
  return candidates.length === 0 ? null : sum / candidates.length;
}

/** Sums of one bin: what it takes to add bins of several tasks. */
export interface BinSums {
  readonly count: number;
  readonly probability: number;
  readonly correct: number;
}

/** Candidates by probability, in bins of equal width. A probability of 1 is in the last one. */
export function binSums(candidates: readonly ScoredCandidate[], bins: number = BINS): BinSums[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, probability: 0, correct: 0 }));
  for (const { score, truth } of candidates) {
    const bin = sums[Math.min(bins - 1, Math.floor(score * bins))];
    if (bin === undefined) throw new RangeError(`expected a probability, received ${score}`);
    bin.count += 1;
    bin.probability += score;
    bin.correct += truth;
  }
  return sums;
}

/** What the judge says in each bin of equal width, and what is so. */
export function reliabilityBins(sums: readonly BinSums[]): ReliabilityBin[] {
  return sums.map(({ count, probability, correct }, i) => ({
    from: i / sums.length,
    to: (i + 1) / sums.length,
    count,
    meanProbability: count === 0 ? null : probability / count,
    shareCorrect: count === 0 ? null : correct / count,
  }));
}

/**
 * Expected calibration error, in [0, 1], lower is better: the difference of mean probability and share that is correct in
 * each bin, weighted by its candidates. It depends on the number of bins, and a judge that always says the base rate has 0.
 * Null without candidates.
 */
export function expectedCalibrationError(sums: readonly BinSums[]): number | null {
  const total = sums.reduce((count, bin) => count + bin.count, 0);
  const differences = sums.reduce((sum, bin) => sum + Math.abs(bin.probability - bin.correct), 0);
  return total === 0 ? null : differences / total;
}
