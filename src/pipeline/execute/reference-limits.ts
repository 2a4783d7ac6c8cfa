import type { Execution } from '../../contracts/execution.ts';
import type { Task } from '../../contracts/task.ts';
import { type Limits, runLimitMs } from '../../execute/limits.ts';
import { candidateId } from '../../util/candidate-id.ts';
import type { Recorder } from './recorded-execution.ts';

export interface ReferenceLimits {
  /** Milliseconds a candidate of the task may take; null = no reference says so. */
  readonly limitMs: (task: Task, signal: AbortSignal) => Promise<number | null>;
  /** Whether the task's own solution passes; null = it has none, or it could not be run. A task whose solution fails deserves no trust. */
  readonly passes: (task: Task, signal: AbortSignal) => Promise<boolean | null>;
}

/** Wall times from the tasks' own solutions, each run once, when it is first asked for. */
export function referenceLimits(recorder: Recorder, limits: Partial<Limits>): ReferenceLimits {
  const known = new Map<string, Promise<Execution | null>>();
  const run = async (task: Task, signal: AbortSignal): Promise<Execution | null> => {
    if (task.canonical === null || task.tests === null) return null;
    const request = {
      task,
      candidate: { id: candidateId(task.id, task.canonical), code: task.canonical },
      limits,
      measuredLimitMs: null,
      seed: 0,
    };
    return (await recorder.find(request)) ?? (await recorder.execute(request, signal));
  };
  const executionOf = (task: Task, signal: AbortSignal): Promise<Execution | null> => {
    const execution = known.get(task.id) ?? run(task, signal);
    known.set(task.id, execution);
    return execution;
  };
  return {
    limitMs: async (task, signal) => {
      if (limits.wallTimeMs !== undefined) return null;
      const execution = await executionOf(task, signal);
      return execution?.outcome === 'passed' ? runLimitMs(execution.durationMs, task.benchmark) : null;
    },
    passes: async (task, signal) => {
      const execution = await executionOf(task, signal);
      // A fault of the machinery says nothing of the task.
      return execution === null || execution.outcome === 'sandbox-error'
        ? null
        : execution.outcome === 'passed';
    },
  };
}
