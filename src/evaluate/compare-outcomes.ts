import type { OutcomeComparison } from '../contracts/comparison.ts';
import { type BootstrapOptions, bootstrapTasks } from './bootstrap-tasks.ts';
import { mcnemar } from './mcnemar.ts';
import { taskPermutationTest } from './task-permutation-test.ts';

/** Outcomes of one task that both get right, one of them alone, or neither. */
export interface TaskOutcomes {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

export interface CompareOptions extends BootstrapOptions {
  /** Of the permutation test. */
  readonly permutations: number;
  /**
   * What counts the same: each outcome, as for the accuracy of judges, or each task, the mean over its outcomes, as for pass@1 over
   * repetitions. McNemar's test takes outcomes either way.
   */
  readonly weight: 'outcome' | 'task';
}

/**
 * Compares two that were right or wrong on the same outcomes. The difference is in [-1, 1] and null without outcomes; its interval
 * and the p-value are over tasks, because outcomes of one task depend on one another.
 *
 * @param tasks by id
 * @throws {RangeError} as `bootstrapTasks` and `taskPermutationTest`.
 * @see arXiv 2602.11911, statistics
 */
export function compareOutcomes(
  tasks: ReadonlyMap<string, TaskOutcomes>,
  { weight, permutations, ...options }: CompareOptions,
): OutcomeComparison {
  const counted = new Map([...tasks].filter(([, task]) => outcomesOf(task) > 0));
  const sum = (of: (task: TaskOutcomes) => number) =>
    counted.values().reduce((total, task) => total + of(task), 0);
  const onlyFirst = sum((task) => task.onlyFirst);
  const onlySecond = sum((task) => task.onlySecond);
  // Of outcomes the test is about sums: all tasks share one denominator.
  const sizeOf = (task: TaskOutcomes) => (weight === 'task' ? outcomesOf(task) : 1);
  const differences = new Map(
    [...counted].map(([id, task]) => [id, (task.onlyFirst - task.onlySecond) / sizeOf(task)]),
  );
  return {
    tasks: counted.size,
    outcomes: sum(outcomesOf),
    both: sum((task) => task.both),
    onlyFirst,
    onlySecond,
    neither: sum((task) => task.neither),
    mcnemar: mcnemar(onlyFirst, onlySecond),
    difference: bootstrapTasks(counted, (drawn) => ({ difference: differenceOf(drawn, weight) }), options)
      .difference,
    pValue: taskPermutationTest(differences, { resamples: permutations, seed: options.seed }),
  };
}

function differenceOf(tasks: readonly TaskOutcomes[], weight: CompareOptions['weight']): number | null {
  let [difference, size] = [0, 0];
  for (const task of tasks) {
    const outcomes = outcomesOf(task);
    difference += (task.onlyFirst - task.onlySecond) / (weight === 'task' ? outcomes : 1);
    size += weight === 'task' ? 1 : outcomes;
  }
  return size === 0 ? null : difference / size;
}

function outcomesOf({ both, onlyFirst, onlySecond, neither }: TaskOutcomes): number {
  return both + onlyFirst + onlySecond + neither;
}
