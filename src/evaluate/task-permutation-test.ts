import { seededRandom } from '../util/random.ts';
import { type BootstrapOptions, checkResamples, inOrderOfId } from './bootstrap-tasks.ts';

/** Sums that differ by less than this part are equal: the order of additions must not decide. */
const ROUNDING = 1e-12;

/**
 * Two-sided p-value, in (0, 1], of the mean difference between two rankers over tasks, by permutation: if they were equally good,
 * the sign of each task's difference could as well be the other one. All signs are tried where that takes no more than
 * `resamples`; else as many are drawn, and the observed ones count as one of them, so p is at least 1 / (resamples + 1).
 *
 * Null without tasks; 1 when no task differs. Tasks are sorted by id first: the order they come in does not matter.
 *
 * @param differences by task id, the mean over the task's repetitions of first minus second
 * @throws {RangeError} unless `resamples` is a whole number of at least 1.
 * @see Good, Permutation, Parametric and Bootstrap Tests of Hypotheses, section 3.2
 */
export function taskPermutationTest(
  differences: ReadonlyMap<string, number>,
  { resamples, seed }: BootstrapOptions,
): number | null {
  checkResamples(resamples);
  if (differences.size === 0) return null;
  // The sign of 0 changes nothing.
  const values = Float64Array.from(inOrderOfId(differences).filter((difference) => difference !== 0));
  const enough = extremeAt(values);
  if (2 ** values.length <= resamples) {
    let extreme = 0;
    for (let signs = 0; signs < 2 ** values.length; signs++) {
      extreme += enough(signedSum(values, (i) => 1 - 2 * ((signs >> i) & 1))) ? 1 : 0;
    }
    return extreme / 2 ** values.length;
  }
  const random = seededRandom(seed);
  let extreme = 1;
  for (let round = 0; round < resamples; round++) {
    // -1 below one half, else 1, without a branch that nobody can foresee.
    extreme += enough(signedSum(values, () => 2 * Math.floor(2 * random()) - 1)) ? 1 : 0;
  }
  return extreme / (resamples + 1);
}

/** Whether a sum is at least as far from 0 as that of the values. */
function extremeAt(values: Float64Array): (sum: number) => boolean {
  const size = values.reduce((total, value) => total + Math.abs(value), 0);
  const bound = Math.abs(sumOf(values)) - ROUNDING * size;
  return (sum) => Math.abs(sum) >= bound;
}

function signedSum(values: Float64Array, signOf: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += signOf(i) * (values[i] as number);
  return sum;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
