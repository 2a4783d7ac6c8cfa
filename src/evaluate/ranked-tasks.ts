import { scoreLevels } from './area-under-curve.ts';
import type { TaskWeights } from './task-weights.ts';
import { NO_LABEL, type TestedTable } from './tested-table.ts';

/**
 * The valid verdicts with a score, from the lowest score to the highest, so that the area under the curve of any tasks, taken any
 * number of times, is one pass over them: correct ones win over the wrong ones before them.
 */
export interface RankedTasks {
  /** Of each entry: the task's number in the order of ids. */
  readonly task: Int32Array;
  /**
   * Its correct candidates, above 0; or twice its wrong ones, below 0. Wrong ones that share their score with correct ones are there
   * once before and once after these, for a tie counts one half.
   */
  readonly amount: Int32Array;
}

/**
 * @param orderOf the number that each task of the table has in the order of ids
 */
export function rankTasks(table: TestedTable, orderOf: Int32Array): RankedTasks {
  const ranked: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (table.label[row] !== NO_LABEL && !Number.isNaN(table.score[row])) ranked.push(row);
  }
  const byTask = countingSort(ranked, (row) => orderOf[table.task[row] as number] as number, orderOf.length);
  const { levels, levelOf } = scoreLevels(Float64Array.from(byTask, (row) => table.score[row] as number));
  // Stable, so that those of one task stay together.
  const places = countingSort(
    byTask.map((_, place) => place),
    (place) => levelOf[place] as number,
    levels,
  );
  const [task, amount]: [number[], number[]] = [[], []];
  const push = (rows: readonly number[], each: number) => {
    let last = -1;
    for (const row of rows) {
      const own = orderOf[table.task[row] as number] as number;
      if (own === last) amount.push((amount.pop() as number) + each);
      else {
        task.push(own);
        amount.push(each);
      }
      last = own;
    }
  };
  for (let start = 0, end = 0; start < places.length; start = end) {
    const level = levelOf[places[start] as number];
    const [wrong, correct]: [number[], number[]] = [[], []];
    for (; end < places.length && levelOf[places[end] as number] === level; end++) {
      const row = byTask[places[end] as number] as number;
      (table.truth[row] === 1 ? correct : wrong).push(row);
    }
    push(wrong, correct.length === 0 ? -2 : -1);
    push(correct, 1);
    if (correct.length > 0) push(wrong, -1);
  }
  return { task: Int32Array.from(task), amount: Int32Array.from(amount) };
}

/** Twice how often correct candidates win over wrong ones, and twice the wrong ones, of each draw. */
export interface RankedSums {
  readonly wins: Float64Array;
  readonly wrong: Float64Array;
}

/** The area under the curve of a draw with so many correct candidates is `wins / (correct × wrong)`. */
export function weightedWins({ task, amount }: RankedTasks, { draws, weights }: TaskWeights): RankedSums {
  const [wins, wrong] = [new Float64Array(draws), new Float64Array(draws)];
  for (let entry = 0; entry < task.length; entry++) {
    const own = amount[entry] as number;
    const start = draws * (task[entry] as number);
    if (own < 0) {
      for (let i = 0; i < draws; i++) wrong[i] = (wrong[i] as number) - own * (weights[start + i] as number);
    } else {
      for (let i = 0; i < draws; i++) {
        wins[i] = (wins[i] as number) + own * (weights[start + i] as number) * (wrong[i] as number);
      }
    }
  }
  return { wins, wrong };
}

/** What each of so many tasks has by itself: correct candidates, and the area under the curve, NaN where it has not both kinds. */
export function rankedByTask({ task, amount }: RankedTasks, tasks: number) {
  const [wins, wrong, correct] = [new Float64Array(tasks), new Float64Array(tasks), new Float64Array(tasks)];
  for (let entry = 0; entry < task.length; entry++) {
    const [own, of] = [amount[entry] as number, task[entry] as number];
    if (own < 0) wrong[of] = (wrong[of] as number) - own;
    else {
      wins[of] = (wins[of] as number) + own * (wrong[of] as number);
      correct[of] = (correct[of] as number) + own;
    }
  }
  const areas = wins.map((won, of) => won / ((correct[of] as number) * (wrong[of] as number)));
  return { correct, areas };
}

/** Items in the order of their keys, whole numbers from 0 to below `keys`; equal ones stay in their order. */
function countingSort(items: ArrayLike<number>, keyOf: (item: number) => number, keys: number): Int32Array {
  const starts = new Int32Array(keys + 1);
  for (let i = 0; i < items.length; i++) {
    const key = keyOf(items[i] as number) + 1;
    starts[key] = (starts[key] as number) + 1;
  }
  for (let key = 0; key < keys; key++) {
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  }
  const sorted = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const key = keyOf(items[i] as number);
    const start = starts[key] as number;
    sorted[start] = items[i] as number;
    starts[key] = start + 1;
  }
  return sorted;
}
