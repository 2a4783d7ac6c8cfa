/** Below this the series converges quickly, above it the continued fraction. */
const SERIES_END = 2;

/**
 * The chance that a standard normal variable is further from 0 than `z`, in [0, 1]: the two-sided p-value of a z statistic. The
 * relative error is below 1e-12 down to the smallest numbers there are.
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.5 and 7.1.14
 */
export function twoSidedNormalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  if (x === Infinity) return 0;
  return x < SERIES_END ? 1 - errorFunction(x) : complement(x);
}

function errorFunction(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18 * sum; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** √π e^x² erfc(x) = 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + …)))), from the far end. */
function complement(x: number): number {
  let fraction = x;
  for (let n = 200; n >= 1; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
