/**
 * The chance that at least one of `k` samples drawn without replacement from `n`, of which `c` pass, passes:
 * 1 − ∏ (1 − k / i) for i from n − c + 1 to n. The unbiased estimator of pass@k.
 *
 * Null when `k` is larger than `n`: there is nothing to estimate it from. 1 when fewer than `k` samples fail.
 *
 * @throws {RangeError} unless 0 ≤ c ≤ n and k ≥ 1, all whole numbers.
 * @see "Evaluating Large Language Models Trained on Code", arXiv 2107.03374, section 2.1
 */
export function passAtK(n: number, c: number, k: number): number | null {
  if (![n, c, k].every(Number.isSafeInteger) || c < 0 || c > n || k < 1) {
    throw new RangeError(`pass@k of n ${n}, c ${c}, k ${k}: expected whole numbers, 0 <= c <= n, k >= 1`);
  }
  if (k > n) return null;
  if (n - c < k) return 1;
  let allFail = 1;
  for (let i = n - c + 1; i <= n; i++) allFail *= 1 - k / i;
  return 1 - allFail;
}

/** How many samples of a task there are, and how many of them passed. */
export interface TaskCounts {
  readonly samples: number;
  readonly passed: number;
}

/** pass@k over the tasks that have at least `k` samples. */
export interface PassAtK {
  readonly k: number;
  /** Unweighted mean over those tasks, in [0, 1]. */
  readonly value: number;
  readonly tasks: number;
}

/** The values of k that are usually reported. */
const USUAL_K = [1, 2, 5, 10, 100];

/**
 * Mean pass@k for each usual k that at least one task has enough samples for; empty without tasks. With tasks of different
 * sample counts a larger k is a mean over fewer tasks, which `tasks` says.
 */
export function meanPassAtK(counts: readonly TaskCounts[], ks: readonly number[] = USUAL_K): PassAtK[] {
  return ks.flatMap((k) => {
    const values = counts
      .map(({ samples, passed }) => passAtK(samples, passed, k))
      .filter((value) => value !== null);
    const sum = values.reduce((total, value) => total + value, 0);
    return values.length === 0 ? [] : [{ k, value: sum / values.length, tasks: values.length }];
  });
}
