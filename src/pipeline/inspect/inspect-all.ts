import type { TaskInspection } from '../../contracts/inspection.ts';
import type { Task } from '../../contracts/task.ts';
import { throwIfAborted } from '../../errors.ts';

export interface InspectAllOptions {
  readonly tasks: readonly Task[];
  /** Tasks under way at once. */
  readonly workers: number;
  readonly inspect: (task: Task, signal: AbortSignal) => Promise<TaskInspection>;
  readonly signal: AbortSignal;
  readonly onDone?: (done: number, result: TaskInspection) => void;
}

/**
 * Inspects tasks, at most `workers` at once; the results are in the order of the tasks. The first fault stops the rest.
 *
 * @throws what `inspect` throws; {CodejuryError} `aborted`.
 */
export async function inspectAll(options: InspectAllOptions): Promise<TaskInspection[]> {
  const { tasks, workers, inspect, onDone } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const results: TaskInspection[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < tasks.length && !signal.aborted; index = next++) {
      const result = await inspect(tasks[index] as Task, signal);
      results[index] = result;
      done += 1;
      onDone?.(done, result);
    }
  };
  const faults: unknown[] = [];
  const workUntilFault = () =>
    work().catch((error: unknown) => {
      faults.push(error);
      stop.abort(error);
    });
  await Promise.all(Array.from({ length: workers }, workUntilFault));
  throwIfAborted(options.signal);
  if (faults.length > 0) throw faults[0];
  return results;
}
