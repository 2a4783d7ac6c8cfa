import type { Estimate } from '../../contracts/judge-evaluation.ts';
import { type BootstrapOptions, bootstrapTasks } from '../bootstrap-tasks.ts';
import type { TaskReplay } from './replay-outcome.ts';

/** With 95 % intervals by bootstrap over tasks; null without tasks or samples. */
export interface ComparedWithFull {
  /** Mean samples, divided by those of all samples taken. */
  readonly samplesShare: Estimate;
  /** pass@1 minus that of all samples taken; below 0 = a loss. */
  readonly difference: Estimate;
}

/**
 * What tasks come to beside what they come to with all samples taken.
 *
 * @param tasks by id, the tasks of `full`
 * @throws {RangeError} as bootstrapTasks.
 */
export function compareWithFull(
  tasks: ReadonlyMap<string, TaskReplay>,
  full: ReadonlyMap<string, TaskReplay>,
  options: BootstrapOptions,
): ComparedWithFull {
  const pairs = new Map([...full].map(([taskId, all]) => [taskId, { own: tasks.get(taskId) ?? all, all }]));
  return bootstrapTasks(
    pairs,
    (drawn) => {
      let [own, all, gained] = [0, 0, 0];
      for (const task of drawn) {
        own += task.own.samples;
        all += task.all.samples;
        gained += task.own.passed - task.all.passed;
      }
      return {
        samplesShare: all === 0 ? null : own / all,
        difference: drawn.length === 0 ? null : gained / drawn.length,
      };
    },
    options,
  );
}
