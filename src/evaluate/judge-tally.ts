import { BINS } from './calibration-error.ts';
import { CONFIDENCE_THRESHOLDS, thresholdsReached } from './precision-by-confidence.ts';
import { type RankedTasks, rankedByTask, rankTasks } from './ranked-tasks.ts';
import type { TaskWeights } from './task-weights.ts';
import { NO_LABEL, type TestedTable } from './tested-table.ts';

/** Where each sum is in a task's: bins of probability and thresholds of confidence have several places from there on. */
export const SUMS = {
  candidates: 0,
  positives: 1,
  invalid: 2,
  /** Valid verdicts by truth and label: 2 × truth + label. */
  matrix: 3,
  /** Areas under the curve within a task, and tasks that have one. */
  areas: 7,
  tasksWithArea: 8,
  probabilities: 9,
  squaredErrors: 10,
  /** Valid verdicts with a confidence by label. */
  confident: 11,
  /** Correct candidates of valid verdicts with a score. */
  rankedCorrect: 13,
  /** Of each bin count, probability and correct ones. */
  bins: 14,
  /** By the highest threshold that the confidence reaches: 4 × its place + 2 × label + whether the label is right. */
  reached: 14 + 3 * BINS,
} as const;
const WIDTH = SUMS.reached + 4 * CONFIDENCE_THRESHOLDS.length;

/** All that the metrics of a judge are made of, by task in the order of ids: draws of tasks need not look at candidates again. */
export interface JudgeTally {
  readonly tasks: number;
  readonly ranked: RankedTasks;
  /** The sums of a task that are not 0 are those from its start to the next one's. */
  readonly starts: Int32Array;
  readonly places: Uint8Array;
  readonly values: Float64Array;
}

export function tallyJudge(table: TestedTable): JudgeTally {
  const { rows, taskIds } = table;
  const orderOf = orderOfIds(taskIds);
  const ranked = rankTasks(table, orderOf);
  const { correct, areas } = rankedByTask(ranked, taskIds.length);
  const rowsOf: number[][] = taskIds.map(() => []);
  for (let row = 0; row < rows; row++) rowsOf[orderOf[table.task[row] as number] as number]?.push(row);
  const starts = new Int32Array(taskIds.length + 1);
  const places: number[] = [];
  const values: number[] = [];
  const sums = new Float64Array(WIDTH);
  for (const [task, own] of rowsOf.entries()) {
    sums.fill(0);
    for (const row of own) addRow(sums, table, row);
    sums[SUMS.rankedCorrect] = correct[task] as number;
    const area = areas[task] as number;
    if (!Number.isNaN(area)) {
      sums[SUMS.areas] = area;
      sums[SUMS.tasksWithArea] = 1;
    }
    for (let place = 0; place < WIDTH; place++) {
      if (sums[place] === 0) continue;
      places.push(place);
      values.push(sums[place] as number);
    }
    starts[task + 1] = places.length;
  }
  return {
    ...{ tasks: taskIds.length, ranked, starts },
    places: Uint8Array.from(places),
    values: Float64Array.from(values),
  };
}

/** The sums of all tasks in each draw: that of a place in draw `i` is `sums[draws × place + i]`. */
export function weightedSums(
  { tasks, starts, places, values }: JudgeTally,
  { draws, weights }: TaskWeights,
): Float64Array {
  const sums = new Float64Array(WIDTH * draws);
  for (let task = 0; task < tasks; task++) {
    const end = starts[task + 1] as number;
    for (let entry = starts[task] as number; entry < end; entry++) {
      const [to, from, value] = [draws * (places[entry] as number), draws * task, values[entry] as number];
      for (let i = 0; i < draws; i++) {
        sums[to + i] = (sums[to + i] as number) + (weights[from + i] as number) * value;
      }
    }
  }
  return sums;
}

function addRow(sums: Float64Array, table: TestedTable, row: number): void {
  const add = (place: number, value: number) => {
    sums[place] = (sums[place] as number) + value;
  };
  const [truth, label] = [table.truth[row] as number, table.label[row] as number];
  add(SUMS.candidates, 1);
  add(SUMS.positives, truth);
  if (label === NO_LABEL) {
    add(SUMS.invalid, 1);
    return;
  }
  add(SUMS.matrix + 2 * truth + label, 1);
  const probability = table.probabilityCorrect[row] as number;
  if (!Number.isNaN(probability)) {
    const bin = Math.min(BINS - 1, Math.floor(probability * BINS));
    if (bin < 0) throw new RangeError(`expected a probability, received ${probability}`);
    add(SUMS.probabilities, 1);
    add(SUMS.squaredErrors, (probability - truth) ** 2);
    add(SUMS.bins + 3 * bin, 1);
    add(SUMS.bins + 3 * bin + 1, probability);
    add(SUMS.bins + 3 * bin + 2, truth);
  }
  const confidence = table.confidence[row] as number;
  if (Number.isNaN(confidence)) return;
  add(SUMS.confident + label, 1);
  const reached = thresholdsReached(confidence) - 1;
  if (reached >= 0) add(SUMS.reached + 4 * reached + 2 * label + (label === truth ? 1 : 0), 1);
}

/** The number of each id in their order by code units. */
function orderOfIds(ids: readonly string[]): Int32Array {
  const sorted = ids.map((id, place) => ({ id, place })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const orderOf = new Int32Array(ids.length);
  for (const [order, { place }] of sorted.entries()) orderOf[place] = order;
  return orderOf;
}
