/** Of the standard normal distribution: 97.5 % lie below it. */
const Z_95 = 1.96;
/** The share that needs most: one half. */
const VARIANCE = 0.25;

/**
 * How many of a population have to be looked at, drawn at random, so that a share of them lies within `margin` of that of all with
 * 95 % confidence, whatever it is: never more than there are, 0 of none.
 *
 * @param margin in (0, 1); 0.05 = five points to either side
 * @throws {RangeError} unless `population` is a count and `margin` between 0 and 1.
 * @see Cochran, Sampling Techniques, section 4.4: with the correction for finite populations
 */
export function sampleSize(population: number, margin = 0.05): number {
  if (!Number.isSafeInteger(population) || population < 0 || !(margin > 0 && margin < 1)) {
    throw new RangeError(
      `sample of ${population} within ${margin}: expected a count, and a margin between 0 and 1`,
    );
  }
  const ofMany = (Z_95 ** 2 * VARIANCE) / margin ** 2;
  return Math.min(population, Math.ceil(ofMany / (1 + (ofMany - 1) / population)));
}
