import { scoreLevels } from './area-under-curve.ts';
import { NO_LABEL, type TestedTable } from './tested-table.ts';

/**
 * The valid verdicts with a score, from the lowest score to the highest, so that the area under the curve of any tasks taken any
 * number of times is one pass over them. An entry is what one task has at one level of score.
 */
export interface RankedTasks {
  /** Where the entries of each level end. */
  readonly levelEnds: Int32Array;
  /** Of each entry: the task's number in the order of ids, and its correct and wrong candidates there. */
  readonly task: Int32Array;
  readonly correct: Int32Array;
  readonly wrong: Int32Array;
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
  const [task, correct, wrong] = [
    new Int32Array(places.length),
    new Int32Array(places.length),
    new Int32Array(places.length),
  ];
  const levelEnds = new Int32Array(levels);
  let entries = 0;
  let [lastTask, lastLevel] = [-1, -1];
  for (const place of places) {
    const row = byTask[place] as number;
    const [level, own] = [levelOf[place] as number, orderOf[table.task[row] as number] as number];
    if (level !== lastLevel || own !== lastTask) entries += 1;
    [lastTask, lastLevel] = [own, level];
    task[entries - 1] = own;
    const counts = table.truth[row] === 1 ? correct : wrong;
    counts[entries - 1] = (counts[entries - 1] as number) + 1;
    levelEnds[level] = entries;
  }
  return {
    levelEnds,
    task: task.subarray(0, entries),
    correct: correct.subarray(0, entries),
    wrong: wrong.subarray(0, entries),
  };
}

/** As `areaUnderCurve`, of each task taken as often as `weights` says. */
export function weightedArea(
  { levelEnds, task, correct, wrong }: RankedTasks,
  weights: Int32Array,
): number | null {
  let [wins, correctBelow, wrongBelow] = [0, 0, 0];
  for (let level = 0, entry = 0; level < levelEnds.length; level++) {
    const end = levelEnds[level] as number;
    let [correctHere, wrongHere] = [0, 0];
    for (; entry < end; entry++) {
      const weight = weights[task[entry] as number] as number;
      correctHere += weight * (correct[entry] as number);
      wrongHere += weight * (wrong[entry] as number);
    }
    wins += correctHere * (wrongBelow + wrongHere / 2);
    wrongBelow += wrongHere;
    correctBelow += correctHere;
  }
  return wrongBelow === 0 || correctBelow === 0 ? null : wins / (wrongBelow * correctBelow);
}

/** The area within each task that has both correct and wrong candidates, by its number; NaN for others. */
export function areasByTask({ levelEnds, task, correct, wrong }: RankedTasks, tasks: number): Float64Array {
  const [wins, correctBelow, wrongBelow] = [
    new Float64Array(tasks),
    new Float64Array(tasks),
    new Float64Array(tasks),
  ];
  // An entry is all that a task has at a level, so levels need not be told apart.
  const entries = levelEnds.at(-1) ?? 0;
  for (let entry = 0; entry < entries; entry++) {
    const own = task[entry] as number;
    const [correctHere, wrongHere] = [correct[entry] as number, wrong[entry] as number];
    wins[own] = (wins[own] as number) + correctHere * ((wrongBelow[own] as number) + wrongHere / 2);
    wrongBelow[own] = (wrongBelow[own] as number) + wrongHere;
    correctBelow[own] = (correctBelow[own] as number) + correctHere;
  }
  return wins.map((won, own) => won / ((correctBelow[own] as number) * (wrongBelow[own] as number)));
}

/** Items in the order of their keys, whole numbers from 0 to below `keys`; equal ones stay in their order. */
function countingSort(items: ArrayLike<number>, keyOf: (item: number) => number, keys: number): Int32Array {
  const starts = new Int32Array(keys + 1);
  for (let i = 0; i < items.length; i++) {
    const key = keyOf(items[i] as number) + 1;
    starts[key] = (starts[key] as number) + 1;
  }
  for (let key = 0; key < keys; key++)
    starts[key + 1] = (starts[key + 1] as number) + (starts[key] as number);
  const sorted = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const key = keyOf(items[i] as number);
    const start = starts[key] as number;
    sorted[start] = items[i] as number;
    starts[key] = start + 1;
  }
  return sorted;
}
