import { twoSidedNormalTail } from './normal-tail.ts';

/** The share that needs most: one half. */
const VARIANCE = 0.25;
/** Standard deviations; further out lies less than a double can tell from nothing. */
const FURTHEST = 40;

/**
 * How many of a population have to be looked at, drawn at random, so that a share of them lies within `margin` of that of all with
 * the given confidence, whatever it is: never more than there are, 0 of none.
 *
 * @param margin in (0, 1); 0.05 = five points to either side
 * @param confidence in (0, 1)
 * @throws {RangeError} unless `population` is a count, and `margin` and `confidence` between 0 and 1.
 * @see Cochran, Sampling Techniques, section 4.4: with the correction for finite populations
 */
export function sampleSize(population: number, margin = 0.05, confidence = 0.95): number {
  const areShares = [margin, confidence].every((share) => share > 0 && share < 1);
  if (!Number.isSafeInteger(population) || population < 0 || !areShares) {
    throw new RangeError(
      `sample of ${population} within ${margin} at ${confidence}: expected a count, and a margin and a confidence between 0 and 1`,
    );
  }
  const ofMany = (deviations(confidence) ** 2 * VARIANCE) / margin ** 2;
  return Math.min(population, Math.ceil(ofMany / (1 + (ofMany - 1) / population)));
}

/** How many standard deviations to either side hold this share of a normal distribution, by halving. */
function deviations(confidence: number): number {
  let low = 0;
  let high = FURTHEST;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (twoSidedNormalTail(middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}
