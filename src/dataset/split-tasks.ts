import { CodejuryError } from '../errors.ts';
import { hashParts } from '../util/hash.ts';
import { type DescribedTask, groupProblems, problemKeys } from '../util/problem-groups.ts';

export const splits = ['train', 'validation', 'test'] as const;
export type Split = (typeof splits)[number];

/** Parts of the whole for training, validation and test. */
export type SplitRatio = readonly [train: number, validation: number, test: number];

/** The paper's, section "Dataset": 722 tasks become 504, 73 and 145. */
export const PAPER_RATIO: SplitRatio = [7, 1, 2];

/**
 * Divides tasks between training, validation and test. Tasks about the same (see groupProblems) stay together, whatever
 * benchmark or language they come from; what is divided by the ratio is the number of problems. Which problem goes where is
 * decided by a hash of seed and problem, so the order of the tasks does not matter.
 *
 * Validation and test get their share rounded up, training the rest; where there are too few problems for all three,
 * training comes first, if it has a share, then test.
 *
 * @param kept problems that stay where they are, by all their keys (see problemKeys), as in an earlier dataset; the others are
 * divided among themselves
 * @throws {CodejuryError} `usage` for tasks about the same that would have to stay in different parts.
 */
export function splitTasks(
  tasks: readonly DescribedTask[],
  seed: number,
  ratio: SplitRatio = PAPER_RATIO,
  kept: ReadonlyMap<string, Split> = new Map(),
): ReadonlyMap<string, Split> {
  const problems = groupProblems(tasks);
  const groups = Map.groupBy(tasks, ({ id }) => problems.of.get(id) ?? id);
  const keptGroups = [...groups].flatMap(([problem, group]): [string, Split][] => {
    const split = keptSplit(group, kept);
    return split === null ? [] : [[problem, split]];
  });
  const isKept = new Set(keptGroups.map(([problem]) => problem));
  const order = [...groups.keys()]
    .filter((problem) => !isKept.has(problem))
    .map((problem) => ({ problem, rank: hashParts(String(seed), problem) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const whole = ratio.reduce((sum, part) => sum + part, 0);
  const share = (part: number) => Math.ceil((order.length * part) / whole);
  const forTraining = ratio[0] > 0 ? 1 : 0;
  const test = Math.min(share(ratio[2]), Math.max(0, order.length - forTraining));
  const validation = Math.min(share(ratio[1]), Math.max(0, order.length - forTraining - test));
  const train = order.length - validation - test;
  const divided = order.map(({ problem }, index): [string, Split] => [
    problem,
    index < train ? 'train' : index < train + validation ? 'validation' : 'test',
  ]);
  return new Map(
    [...keptGroups, ...divided].flatMap(([problem, split]) =>
      (groups.get(problem) ?? []).map(({ id }): [string, Split] => [id, split]),
    ),
  );
}

/** Where tasks about the same have to stay; null = nowhere. */
function keptSplit(group: readonly DescribedTask[], kept: ReadonlyMap<string, Split>): Split | null {
  const found = new Map(
    group.flatMap((task) =>
      problemKeys(task).flatMap((key): [Split, string][] => {
        const split = kept.get(key);
        return split === undefined ? [] : [[split, task.id]];
      }),
    ),
  );
  const [first, second] = found;
  if (first !== undefined && second !== undefined) {
    throw new CodejuryError(
      'usage',
      first[1] === second[1]
        ? `${first[1]} is about the same as tasks of an earlier dataset in ${first[0]} and in ${second[0]}`
        : `${first[1]} and ${second[1]} are about the same, which an earlier dataset has in ${first[0]} and in ${second[0]}`,
      { hint: 'leave it out, or build without --keep-splits' },
    );
  }
  return first?.[0] ?? null;
}
