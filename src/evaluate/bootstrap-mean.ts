import type { Estimate } from '../contracts/judge-evaluation.ts';
import { type BootstrapOptions, bootstrapTasks } from './bootstrap-tasks.ts';

/**
 * The mean over tasks with its 95 % interval by bootstrap over tasks; null without tasks.
 *
 * @param tasks a number of each, by its id
 * @throws {RangeError} as bootstrapTasks.
 */
export function bootstrapMean(tasks: ReadonlyMap<string, number>, options: BootstrapOptions): Estimate {
  const mean = (values: readonly number[]) => ({
    mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
  });
  return bootstrapTasks(tasks, mean, options).mean;
}
