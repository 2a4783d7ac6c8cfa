import type { Task } from '../../contracts/task.ts';
import { type Limits, runLimitMs } from '../../execute/limits.ts';
import { candidateId } from '../../util/candidate-id.ts';
import type { Recorder } from './recorded-execution.ts';

export interface ReferenceLimits {
  /** Milliseconds a candidate of the task may take; null = no reference says so. */
  readonly limitMs: (task: Task, signal: AbortSignal) => Promise<number | null>;
  /** Tasks whose own solution does not pass, by id: their labels deserve no trust. */
  readonly failed: ReadonlySet<string>;
}

/** Wall times from the tasks' own solutions, each run once, when the first candidate of its task is. */
export function referenceLimits(recorder: Recorder, limits: Partial<Limits>): ReferenceLimits {
  const known = new Map<string, Promise<number | null>>();
  const failed = new Set<string>();
  const measure = async (task: Task, canonical: string, signal: AbortSignal): Promise<number | null> => {
    const request = {
      task,
      candidate: { id: candidateId(task.id, canonical), code: canonical },
      limits,
      measuredLimitMs: null,
      seed: 0,
    };
    const execution = (await recorder.find(request)) ?? (await recorder.execute(request, signal));
    if (execution.outcome === 'passed') return runLimitMs(execution.durationMs, task.benchmark);
    failed.add(task.id);
    return null;
  };
  return {
    limitMs: (task, signal) => {
      if (task.canonical === null || limits.wallTimeMs !== undefined) return Promise.resolve(null);
      const limit = known.get(task.id) ?? measure(task, task.canonical, signal);
      known.set(task.id, limit);
      return limit;
    },
    failed,
  };
}
