import { type Execution, executionSchema } from '../../contracts/execution.ts';
import type { Task } from '../../contracts/task.ts';
import type { Limits } from '../../execute/limits.ts';
import type { Executor } from '../../execute/open-executor.ts';
import type { ResultCache } from '../../store/result-cache.ts';
import { executionKey } from './execution-key.ts';

export interface ExecutionRequest {
  readonly task: Task;
  readonly candidate: { readonly id: string; readonly code: string };
  /** What the user set; it is part of the record's key. */
  readonly limits: Partial<Limits>;
  /** Wall time in milliseconds, measured; not part of the key, and without effect where the user set one. */
  readonly measuredLimitMs: number | null;
  readonly seed: number;
}

/** Executes candidates; what was executed before is looked up. */
export interface Recorder {
  /** The record of an earlier execution, or null. */
  find(request: ExecutionRequest): Promise<Execution | null>;
  /** Executes, and records what is the candidate's doing; a fault of the machinery is tried again the next time. */
  execute(request: ExecutionRequest, signal: AbortSignal): Promise<Execution>;
}

/** A recorder over an executor and the results of earlier runs. */
export function openRecorder(executor: Executor, cache: ResultCache): Recorder {
  const keyOf = async ({ task, candidate, limits, seed }: ExecutionRequest) => {
    const { fingerprint } = await executor.runner(task.language);
    return executionKey({ task, code: candidate.code, limits, seed, fingerprint });
  };
  return {
    find: async (request) => {
      const stored = executionSchema.safeParse(cache.get('execution', await keyOf(request)));
      return stored.success ? { ...stored.data, candidateId: request.candidate.id } : null;
    },
    execute: async (request, signal) => {
      const { task, candidate, limits, measuredLimitMs, seed } = request;
      const result = await executor.execute({
        task,
        candidate,
        limits: { ...(measuredLimitMs === null ? {} : { wallTimeMs: measuredLimitMs }), ...limits },
        seed,
        signal,
      });
      // Its fields in the order in which a record gives them: what is written must not show which of the two it was.
      const execution = executionSchema.parse(result);
      if (execution.outcome !== 'sandbox-error') {
        cache.put('execution', await keyOf(request), execution);
      }
      return execution;
    },
  };
}
