import type { BootstrapOptions } from '../bootstrap-tasks.ts';
import { type ComparedWithFull, compareWithFull } from './compare-with-full.ts';
import { type Frontier, type FrontierPoint, outcomeOf, type TaskReplay } from './replay-outcome.ts';
import { settingsWithin, type WithinLimits } from './settings-within.ts';
import { type FoldOptions, taskFolds } from './task-folds.ts';

/** One seed for both folds and bootstrap. */
export type CrossFittedOptions = WithinLimits & BootstrapOptions & FoldOptions;

export interface CrossFittedWithin extends ComparedWithFull {
  /** By fold what the other folds chose for its tasks; null = nothing was within the limits, so all samples were taken. */
  readonly settings: readonly (number | null)[];
}

/**
 * What `cheapestWithin` comes to on tasks that had no part in choosing: the tasks of each fold get the setting that it finds on the
 * tasks of the other folds. Intervals take the settings chosen as given. With one task there are no others: all samples are taken.
 *
 * @throws {RangeError} as taskFolds and bootstrapTasks.
 */
export function crossFittedWithin(frontier: Frontier, options: CrossFittedOptions): CrossFittedWithin {
  const { full } = frontier;
  const foldOf = taskFolds(full.byTask.keys(), options);
  const settings: (number | null)[] = [];
  const tasks = new Map<string, TaskReplay>();
  for (let fold = 0; fold < new Set(foldOf.values()).size; fold++) {
    const others = restrict(frontier, (taskId) => foldOf.get(taskId) !== fold);
    const setting = settingsWithin(others, options).cheapest?.point.setting ?? null;
    settings.push(setting);
    const chosen = frontier.points.find((point) => point.setting === setting) ?? full;
    for (const [taskId, task] of chosen.byTask) if (foldOf.get(taskId) === fold) tasks.set(taskId, task);
  }
  return { settings, ...compareWithFull(tasks, full.byTask, options) };
}

function restrict({ full, points }: Frontier, keeps: (taskId: string) => boolean): Frontier {
  const kept = (byTask: ReadonlyMap<string, TaskReplay>) =>
    outcomeOf(new Map([...byTask].filter(([taskId]) => keeps(taskId))));
  return {
    full: kept(full.byTask),
    points: points.map(({ setting, byTask }): FrontierPoint => ({ setting, ...kept(byTask) })),
  };
}
