import { groupFolds } from '../../util/group-folds.ts';

export interface FoldOptions {
  /** At least 2; with fewer groups of tasks, one fold a group. */
  readonly folds: number;
  /** Decides which tasks are in which fold. */
  readonly seed: number;
  /** By task id what the task is about: tasks of one problem are in one fold. A task that is not in it stands for itself. */
  readonly problems?: ReadonlyMap<string, string>;
}

/**
 * The fold of each task, from 0, whatever order tasks come in.
 *
 * @throws {RangeError} for fewer than 2 folds.
 */
export function taskFolds(
  taskIds: Iterable<string>,
  { folds, seed, problems }: FoldOptions,
): ReadonlyMap<string, number> {
  if (!Number.isSafeInteger(folds) || folds < 2) {
    throw new RangeError(`expected at least 2 folds, received ${folds}`);
  }
  const distinct = [...new Set(taskIds)];
  const dealt = groupFolds(
    distinct.map((id) => problems?.get(id) ?? id),
    folds,
    seed,
  );
  return new Map(distinct.map((id, index) => [id, dealt[index] as number]));
}
