import type { Task } from '../contracts/task.ts';
import { hashParts } from '../util/hash.ts';
import { problemOf } from '../util/problem-of.ts';

export const splits = ['train', 'validation', 'test'] as const;
export type Split = (typeof splits)[number];

/** Parts of the whole for training, validation and test. */
export type SplitRatio = readonly [train: number, validation: number, test: number];

/** The paper's, section "Dataset": 722 tasks become 504, 73 and 145. */
export const PAPER_RATIO: SplitRatio = [7, 1, 2];

/**
 * Divides tasks between training, validation and test. Tasks of one problem stay together, whatever benchmark or language
 * they come from; what is divided by the ratio is the number of problems. Which problem goes where is decided by a hash of
 * seed and problem, so neither the order of the tasks nor their other fields matter.
 *
 * Validation and test get their share rounded up, training the rest; where there are too few problems for all three,
 * training comes first, then test.
 *
 * @param kept problems that stay where they are, as in an earlier dataset; the others are divided among themselves
 */
export function splitTasks(
  tasks: readonly Pick<Task, 'id' | 'problem'>[],
  seed: number,
  ratio: SplitRatio = PAPER_RATIO,
  kept: ReadonlyMap<string, Split> = new Map(),
): ReadonlyMap<string, Split> {
  const groups = Map.groupBy(tasks, problemOf);
  const order = [...groups.keys()]
    .filter((problem) => !kept.has(problem))
    .map((problem) => ({ problem, rank: hashParts(String(seed), problem) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const whole = ratio.reduce((sum, part) => sum + part, 0);
  const share = (part: number) => Math.ceil((order.length * part) / whole);
  const test = Math.min(share(ratio[2]), Math.max(0, order.length - 1));
  const validation = Math.min(share(ratio[1]), Math.max(0, order.length - 1 - test));
  const train = order.length - validation - test;
  const divided = order.map(({ problem }, index): [string, Split] => [
    problem,
    index < train ? 'train' : index < train + validation ? 'validation' : 'test',
  ]);
  return new Map(
    [...kept, ...divided].flatMap(([problem, split]) =>
      (groups.get(problem) ?? []).map(({ id }): [string, Split] => [id, split]),
    ),
  );
}
