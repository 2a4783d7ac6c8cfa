import type { Estimate } from '../contracts/judge-evaluation.ts';
import { seededRandom } from '../util/random.ts';

export interface BootstrapOptions {
  /** How often as many tasks are drawn as there are; 1,000 is usual for intervals. */
  readonly resamples: number;
  readonly seed: number;
}

/** Part of the draws on each side of a 95 % interval. */
const TAIL = 0.025;

/**
 * Statistics over all tasks, each with its 95 % percentile interval by bootstrap: tasks are drawn with replacement, each with
 * everything that belongs to it, because outcomes of one task depend on one another. Tasks are sorted by id before they are
 * drawn: the same tasks and seed give the same interval, whatever order they come in.
 *
 * Draws for which a statistic is null are left out of its interval. The interval is null when that is more than half of them,
 * when the statistic itself is null, and with fewer than two tasks.
 *
 * @param tasks what the statistics need of each task, by its id
 * @param statistics gets tasks in the order drawn, some of them several times
 * @throws {RangeError} unless `resamples` is a whole number of at least 1.
 * @see Efron, Tibshirani, An Introduction to the Bootstrap, chapter 13
 */
export function bootstrapTasks<Task, Name extends string>(
  tasks: ReadonlyMap<string, Task>,
  statistics: (tasks: readonly Task[]) => Readonly<Record<Name, number | null>>,
  { resamples, seed }: BootstrapOptions,
): Readonly<Record<Name, Estimate>> {
  checkResamples(resamples);
  const all = inOrderOfId(tasks);
  const found = statistics(all);
  const names = Object.keys(found) as Name[];
  const draws = new Map(names.map((name) => [name, [] as number[]]));
  const random = seededRandom(seed);
  for (let round = 0; all.length > 1 && round < resamples; round++) {
    const drawn = statistics(all.map(() => all[Math.floor(random() * all.length)] as Task));
    for (const name of names) {
      const value = drawn[name];
      if (value !== null) draws.get(name)?.push(value);
    }
  }
  const estimate = (name: Name) => estimateOf(found[name], draws.get(name) ?? [], resamples);
  return Object.fromEntries(names.map((name) => [name, estimate(name)])) as Record<Name, Estimate>;
}

/** A statistic with its interval, as `bootstrapTasks`: `draws` are its values in those of `resamples` draws in which it is known. */
export function estimateOf(value: number | null, draws: ArrayLike<number>, resamples: number): Estimate {
  if (value === null || draws.length * 2 <= resamples) return { value, low: null, high: null };
  const sorted = Float64Array.from(draws).sort();
  return { value, low: quantile(sorted, TAIL), high: quantile(sorted, 1 - TAIL) };
}

/** The values of a map in the order of their keys' code units. */
export function inOrderOfId<Value>(map: ReadonlyMap<string, Value>): Value[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** @throws {RangeError} */
export function checkResamples(resamples: number): void {
  if (!Number.isSafeInteger(resamples) || resamples < 1) {
    throw new RangeError(`expected at least 1 resample, received ${resamples}`);
  }
}

/** Between the two nearest of the sorted values, linearly; at least one value. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (place - Math.floor(place)) * (above - below);
}
