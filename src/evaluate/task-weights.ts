import { seededRandom } from '../util/random.ts';
import { type BootstrapOptions, checkResamples } from './bootstrap-tasks.ts';

/** Draws side by side, so that what belongs to a task is looked at once for all of them. */
const SIDE_BY_SIDE = 16;

/** How often each task is in some draws: `weights[draws × task + draw]`, tasks in the order of ids. */
export interface TaskWeights {
  readonly draws: number;
  readonly weights: Int32Array;
}

/** Each task once. */
export function allOnce(tasks: number): TaskWeights {
  return { draws: 1, weights: new Int32Array(tasks).fill(1) };
}

/**
 * The draws that `bootstrapTasks` makes, several side by side: for statistics that are made of sums over tasks. None with fewer than
 * two tasks.
 *
 * @throws {RangeError} unless `resamples` is a whole number of at least 1.
 */
export function* drawnWeights(tasks: number, { resamples, seed }: BootstrapOptions): Generator<TaskWeights> {
  checkResamples(resamples);
  const random = seededRandom(seed);
  for (let left = tasks > 1 ? resamples : 0; left > 0; left -= SIDE_BY_SIDE) {
    const draws = Math.min(left, SIDE_BY_SIDE);
    const weights = new Int32Array(draws * tasks);
    for (let draw = 0; draw < draws; draw++) {
      for (let i = 0; i < tasks; i++) {
        const place = draws * Math.floor(random() * tasks) + draw;
        weights[place] = (weights[place] as number) + 1;
      }
    }
    yield { draws, weights };
  }
}
