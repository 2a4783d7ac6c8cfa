import type { Execution } from '../../contracts/execution.ts';
import { throwIfAborted } from '../../errors.ts';
import type { Limits } from '../../execute/limits.ts';
import type { CandidateRow, CandidateTable } from '../../store/candidate-table.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import type { ExecutionRequest, Recorder } from './recorded-execution.ts';
import type { ReferenceLimits } from './reference-limits.ts';

export interface ExecuteAllOptions {
  readonly table: CandidateTable;
  readonly tasks: Pick<TaskIndex, 'get'>;
  readonly recorder: Recorder;
  readonly references: ReferenceLimits;
  readonly limits: Partial<Limits>;
  /** Candidates under way at once; asked before each is started. */
  readonly workers: () => number;
  readonly signal: AbortSignal;
  /** Called before a candidate is run, not when its record is found. */
  readonly onStart?: (candidate: CandidateRow) => void;
  readonly onDone?: (candidate: CandidateRow, execution: Execution, reused: boolean) => void;
}

/**
 * Executes every pending candidate of the table whose task has tests, at most `workers()` at once, and puts the results into it. Results are
 * recorded one by one as they come, so that whatever ends this run, only what was under way is run again. The first fault
 * stops the rest.
 *
 * @throws {CodejuryError} as Executor.execute; `aborted`.
 */
export async function executeAll(options: ExecuteAllOptions): Promise<void> {
  const { table, workers } = options;
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const running = new Set<Promise<void>>();
  let fault: { readonly error: unknown } | null = null;
  const start = (row: CandidateRow) => {
    const work = executeOne(row, options, signal)
      .catch((error: unknown) => {
        fault ??= { error };
        stop.abort(error);
      })
      .finally(() => running.delete(work));
    running.add(work);
  };
  for (const row of table.pending()) {
    if (signal.aborted) break;
    if (options.tasks.get(row.taskId)?.tests === null) continue;
    start(row);
    while (running.size >= workers()) await Promise.race(running);
  }
  await Promise.all(running);
  throwIfAborted(options.signal);
  if (fault !== null) throw (fault as { readonly error: unknown }).error;
}

async function executeOne(row: CandidateRow, options: ExecuteAllOptions, signal: AbortSignal): Promise<void> {
  const { tasks, recorder, references, limits, table } = options;
  const task = tasks.get(row.taskId);
  if (task === null) throw new Error(`no task ${row.taskId}`);
  const request: ExecutionRequest = {
    task,
    candidate: { id: row.candidateId, code: row.code },
    limits,
    measuredLimitMs: null,
    seed: 0,
  };
  const found = await recorder.find(request);
  const execution = found ?? (await run());
  table.setExecution(row.key, execution);
  options.onDone?.(row, execution, found !== null);

  async function run(): Promise<Execution> {
    const measuredLimitMs = await references.limitMs(request.task, signal);
    options.onStart?.(row);
    return recorder.execute({ ...request, measuredLimitMs }, signal);
  }
}
