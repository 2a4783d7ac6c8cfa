import { availableParallelism } from 'node:os';
import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { dropReasonSchema, type InspectionReport, type TaskInspection } from '../../contracts/inspection.ts';
import type { Task } from '../../contracts/task.ts';
import type { Limits } from '../../execute/limits.ts';
import type { Executor } from '../../execute/open-executor.ts';
import type { Environment } from '../../io/environment.ts';
import { noResultCache } from '../../store/result-cache.ts';
import { checkExclusionsPath, writeExclusions } from '../../tasks/exclusions.ts';
import { createTaskIndex, type TaskIndex } from '../../tasks/task-index.ts';
import { openRecorder } from '../execute/recorded-execution.ts';
import { openCache } from '../open-cache.ts';
import { openRunExecutor } from '../open-run-executor.ts';
import { openTasks } from '../open-tasks.ts';
import { readGivenCandidates } from './given-candidates.ts';
import { inspectAll } from './inspect-all.ts';
import { inspectTask } from './inspect-task.ts';
import { probesOfTask } from './probes-of-task.ts';

/** How far an inspection is. */
export interface InspectProgress {
  readonly done: number;
  readonly total: number;
  /** Of those done. */
  readonly dropped: number;
}

export interface RunInspectOptions {
  /** Where the tasks are: see openTasks. */
  readonly source: string;
  /** Names of tasks; empty = all. */
  readonly only: readonly string[];
  /** Candidates that stand in for what a task lacks; null = none. */
  readonly samples: string | null;
  /** The file that gets the ids of dropped tasks; null = none. */
  readonly exclusions: string | null;
  readonly projectFolder: string | null;
  /** See InspectionTools. */
  readonly runs: number;
  /** Tasks under way at once; null = one a core. */
  readonly workers: number | null;
  readonly languages: readonly CustomLanguage[];
  readonly limits: Partial<Limits>;
  readonly sandbox: string;
  readonly useCache: boolean;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: InspectProgress) => void;
  readonly onNotice?: (text: string) => void;
}

/**
 * Finds out which tasks of a source can be trusted. Every program is recorded when it has run, so an interrupted inspection
 * takes up what it finished; only repeated runs are done again.
 *
 * @throws {CodejuryError} `usage` or `not-found` for what a user can get wrong, before anything is run; `capability` for a
 *   language without a runner; `sandbox`, `aborted`.
 */
export async function runInspect(options: RunInspectOptions): Promise<InspectionReport> {
  const startedAtMs = performance.now();
  const { samples, exclusions, languages, limits, runs } = options;
  if (exclusions !== null) checkExclusionsPath(exclusions);
  const index = await readIndex(options);
  const tasks = chosenTasks(index, options);
  const given = samples === null ? null : await readGivenCandidates(samples, index, languages);
  const notices: string[] = [];
  const executor = await openRunExecutor(options);
  const cache = await openCache({
    ...options,
    onNotice: (text) => {
      notices.push(text);
      options.onNotice?.(text);
    },
  });
  try {
    const runners = await openRunners(executor, tasks);
    const tools = {
      recorder: openRecorder(executor, cache),
      repeater: openRecorder(executor, noResultCache),
      probesOf: (task: Task) => probesOfTask(task, languages),
      limits,
      runs,
    };
    let dropped = 0;
    const results = await inspectAll({
      tasks,
      workers: options.workers ?? availableParallelism(),
      inspect: (task, signal) => inspectTask(task, given?.get(task.id) ?? [], { ...tools, signal }),
      signal: options.signal,
      onDone: (done, { verdict }) => {
        dropped += verdict === 'dropped' ? 1 : 0;
        options.onProgress?.({ done, total: tasks.length, dropped });
      },
    });
    if (exclusions !== null) await writeExclusions(exclusions, exclusionsOf(results));
    return {
      source: options.source,
      counts: countsOf(results),
      parameters: {
        seeds: runs < 2 ? [] : Array.from({ length: runs }, (_, seed) => seed),
        runners,
        sandbox: executor.sandbox.kind,
        limits,
      },
      tasks: results,
      notices,
      durationMs: performance.now() - startedAtMs,
    };
  } finally {
    cache.close();
    await executor.close();
  }
}

/** Reads all tasks before any is run: a damaged file must not cost an hour. */
async function readIndex(options: RunInspectOptions): Promise<TaskIndex> {
  return createTaskIndex(await Array.fromAsync(openTasks(options.source, options)));
}

function chosenTasks(index: TaskIndex, { source, only }: RunInspectOptions): readonly Task[] {
  const hint = `\`codejury tasks list ${source}\` shows what it has`;
  const wanted = new Set(only.map((name) => index.resolve(name, null, '--only', hint).id));
  return wanted.size === 0 ? index.tasks : index.tasks.filter(({ id }) => wanted.has(id));
}

/** A missing interpreter is told before an hour of work, not after. */
async function openRunners(executor: Executor, tasks: readonly Task[]): Promise<Record<string, string>> {
  const runners: Record<string, string> = {};
  for (const { id, language, tests } of tasks) {
    if (tests !== null) runners[language] ??= (await executor.runner(language, id)).fingerprint;
  }
  return runners;
}

function exclusionsOf(results: readonly TaskInspection[]) {
  return results.flatMap(({ taskId, verdict, reason }) =>
    verdict === 'dropped' && reason !== null ? [{ id: taskId, reason }] : [],
  );
}

function countsOf(results: readonly TaskInspection[]): InspectionReport['counts'] {
  const count = (isCounted: (result: TaskInspection) => boolean) => results.filter(isCounted).length;
  return {
    tasks: results.length,
    dropped: dropReasonSchema.options.map((reason) => ({
      reason,
      tasks: count((result) => result.reason === reason),
    })),
    notInspected: count(({ verdict }) => verdict === 'not-inspected'),
    kept: count(({ verdict }) => verdict === 'kept'),
  };
}
