import type { ChiSquare, McNemarResult } from '../contracts/comparison.ts';
import { twoSidedNormalTail } from '../util/normal-tail.ts';

/** With fewer discordant pairs the chi-square distribution is no approximation. */
const EXACT_BELOW = 25;
/** Of the standard normal distribution: 97.5 % lie below it. */
const Z_95 = 1.96;

/**
 * McNemar's test of two rankers on the same outcomes, of which `onlyFirst` (b) only the first gets right and `onlySecond` (c)
 * only the second. p-values are two-sided, in [0, 1]; 1 without a discordant pair. It takes outcomes for independent:
 * repetitions of one task are not, and claims need `taskPermutationTest`.
 *
 * @throws {RangeError} unless both are whole numbers, none negative.
 * @see arXiv 2602.11911, statistics; Fagerland, Lydersen, Laake, BMC Medical Research Methodology 13:91 (2013)
 */
export function mcnemar(onlyFirst: number, onlySecond: number): McNemarResult {
  if (![onlyFirst, onlySecond].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError(`McNemar's test of ${onlyFirst} and ${onlySecond}: expected counts`);
  }
  const discordant = onlyFirst + onlySecond;
  const difference = Math.abs(onlyFirst - onlySecond);
  const exactPValue = exactBinomial(Math.min(onlyFirst, onlySecond), discordant);
  const correctedChiSquare = chiSquare(Math.max(0, difference - 1), discordant);
  const method = discordant < EXACT_BELOW ? 'exact' : 'chi-square';
  const corrected = onlyFirst === 0 || onlySecond === 0;
  const [b, c] = corrected ? [onlyFirst + 0.5, onlySecond + 0.5] : [onlyFirst, onlySecond];
  const reach = Z_95 * Math.sqrt(1 / b + 1 / c);
  return {
    pValue: method === 'exact' ? exactPValue : (correctedChiSquare?.pValue ?? exactPValue),
    method,
    exactPValue,
    chiSquare: chiSquare(difference, discordant),
    correctedChiSquare,
    oddsRatio: b / c,
    low: (b / c) * Math.exp(-reach),
    high: (b / c) * Math.exp(reach),
    corrected,
  };
}

function chiSquare(difference: number, discordant: number): ChiSquare | null {
  if (discordant === 0) return null;
  const statistic = difference ** 2 / discordant;
  return { statistic, pValue: twoSidedNormalTail(Math.sqrt(statistic)) };
}

/** Twice the chance of at most `fewer` heads in `trials` throws of a fair coin, at most 1. */
function exactBinomial(fewer: number, trials: number): number {
  let logTerm = -trials * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= fewer; k++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((trials - k) / (k + 1));
  }
  return Math.min(1, 2 * sum);
}
