import { appendFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { ExecuteSummary } from '../../contracts/execute-summary.ts';
import type { ExecutedCandidate } from '../../contracts/executed-candidate.ts';
import type { Limits } from '../../contracts/limits.ts';
import { CodejuryError } from '../../errors.ts';
import { meanPassAtK } from '../../evaluate/pass-at-k.ts';
import type { Executor } from '../../execute/open-executor.ts';
import type { Environment } from '../../io/environment.ts';
import { hashFile } from '../../io/hash-file.ts';
import { writeLinesAtomically } from '../../io/write-lines-atomically.ts';
import { type CandidateTable, openCandidateTable } from '../../store/candidate-table.ts';
import { readExclusions } from '../../tasks/exclusions.ts';
import { createTaskIndex, type TaskIndex } from '../../tasks/task-index.ts';
import { hashJson } from '../../util/hash.ts';
import { openCache } from '../open-cache.ts';
import { openRunExecutor } from '../open-run-executor.ts';
import { openTasks } from '../open-tasks.ts';
import { collectCandidates } from './collect-candidates.ts';
import { executeAll } from './execute-all.ts';
import { openRecorder } from './recorded-execution.ts';
import { type ReferenceLimits, referenceLimits } from './reference-limits.ts';
import { openRunJournal } from './run-journal.ts';

/** How far a run is. */
export interface ExecuteProgress {
  readonly phase: 'reading' | 'executing' | 'writing';
  /** Samples read, or candidates done. */
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
  /** Candidates whose result was on record. */
  readonly reused: number;
}

export interface RunExecuteOptions {
  /** Where the tasks are: see openTasks. */
  readonly tasks: string;
  readonly samples: string;
  /** The JSON-lines file to write. */
  readonly out: string;
  /** Null = one a core. */
  readonly workers: number | null;
  readonly resume: boolean;
  /** File with tasks to leave out; null = none. */
  readonly exclude: string | null;
  readonly projectFolder: string | null;
  readonly languages: readonly CustomLanguage[];
  readonly limits: Partial<Limits>;
  readonly sandbox: string;
  /** A file that gets a line for each run that is started, before it is. */
  readonly startLog: string | null;
  readonly useCache: boolean;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ExecuteProgress) => void;
  readonly onNotice?: (text: string) => void;
}

/**
 * Executes the distinct candidates in a file of samples against the tests of their tasks and writes one line for each, in the
 * order of their first sample. Finished executions are recorded one by one; an interrupted run takes them up again.
 *
 * @throws {CodejuryError} `usage` or `not-found` for what a user can get wrong, before anything is run; `sandbox`,
 *   `capability`, `aborted`.
 */
export async function runExecute(options: RunExecuteOptions): Promise<ExecuteSummary> {
  const startedAtMs = performance.now();
  await checkFolder(options.out);
  const notices = new Set<string>();
  const notice = (text: string) => {
    if (!notices.has(text)) options.onNotice?.(text);
    notices.add(text);
  };
  const { limits, signal } = options;
  const executor = await openRunExecutor(options);
  const cache = await openCache({ ...options, onNotice: notice });
  const table = await openCandidateTable(`${options.out}.work.sqlite`);
  try {
    const index = await loadTasks(options);
    const excluded = await excludedTasks(options.exclude, index);
    await collectCandidates({
      table,
      index,
      samples: options.samples,
      excluded,
      clean: 'chat',
      languages: options.languages,
      signal,
      onProgress: (done) => options.onProgress?.({ phase: 'reading', done, total: null, reused: 0 }),
    });
    await openRunners(executor, index, table);
    const journal = await openRunJournal({
      out: options.out,
      inputs: await inputsOf(options),
      resume: options.resume,
      onNotice: notice,
    });
    const recorder = openRecorder(executor, cache);
    const references = referenceLimits(recorder, limits);
    let [done, reused] = [0, 0];
    await executeAll({
      table,
      tasks: new Map(index.tasks.map((task) => [task.id, task])),
      recorder,
      references,
      limits,
      workers: options.workers ?? availableParallelism(),
      signal,
      onStart: ({ candidateId }) => {
        if (options.startLog !== null) appendFileSync(options.startLog, `${candidateId}\n`);
      },
      onDone: (_candidate, _execution, wasReused) => {
        done += 1;
        reused += wasReused ? 1 : 0;
        options.onProgress?.({ phase: 'executing', done, total: table.candidates, reused });
      },
    });
    await writeLinesAtomically(options.out, linesOf(table));
    journal.close();
    const failedReferences = await failedReferencesOf(table, index, references, signal);
    if (failedReferences.length > 0) {
      notice(
        `the own solution of ${failedReferences.length} tasks does not pass: ${failedReferences.slice(0, 5).join(', ')}`,
      );
    }
    return {
      ...summaryOf(table, index),
      out: options.out,
      executed: done - reused,
      reused,
      failedReferences,
      notices: [...notices],
      durationMs: performance.now() - startedAtMs,
    };
  } finally {
    table.dispose();
    cache.close();
    await executor.close();
  }
}

/** The tasks of a source by every name that samples may use for them. */
export async function loadTasks(
  options: Pick<RunExecuteOptions, 'tasks' | 'projectFolder' | 'env'>,
): Promise<TaskIndex> {
  return createTaskIndex(await Array.fromAsync(openTasks(options.tasks, options)));
}

/** The ids of the tasks that a file excludes. */
export async function excludedTasks(path: string | null, index: TaskIndex): Promise<ReadonlySet<string>> {
  return new Set(path === null ? [] : (await readExclusions(path, index)).keys());
}

/** The tasks with candidates whose own solution does not pass. */
export async function failedReferencesOf(
  table: CandidateTable,
  index: TaskIndex,
  references: ReferenceLimits,
  signal: AbortSignal,
): Promise<string[]> {
  const failed: string[] = [];
  for (const { taskId } of table.byTask()) {
    const task = index.get(taskId);
    if (task !== null && (await references.passes(task, signal)) === false) failed.push(taskId);
  }
  return failed.sort();
}

/** A missing interpreter or a task without tests is told before an hour of work, not after. */
async function openRunners(executor: Executor, index: TaskIndex, table: CandidateTable): Promise<void> {
  const used = table.byTask().map(({ taskId }) => index.get(taskId));
  const untested = used.find((task) => task?.tests === null);
  if (untested != null) {
    throw new CodejuryError('usage', `task ${untested.id} has no tests to execute`, {
      hint: 'samples with labels of their own are for `codejury dataset build`',
    });
  }
  for (const language of new Set(used.flatMap((task) => (task === null ? [] : [task.language])))) {
    await executor.runner(language);
  }
}

async function inputsOf({
  tasks,
  samples,
  limits,
  exclude,
}: RunExecuteOptions): Promise<Record<string, string>> {
  const digest = async (path: string | null) => {
    const facts = path === null ? null : await stat(path).catch(() => null);
    return path !== null && facts?.isFile() ? hashFile(path) : String(path);
  };
  return {
    tasks: await digest(tasks),
    samples: await digest(samples),
    exclusions: await digest(exclude),
    limits: hashJson(limits),
  };
}

function* linesOf(table: CandidateTable): Generator<string> {
  for (const { given: _given, ...row } of table.rows()) {
    yield JSON.stringify(row satisfies ExecutedCandidate);
  }
}

function summaryOf(table: CandidateTable, index: TaskIndex) {
  const byTask = table.byTask();
  return {
    tasks: index.tasks.length,
    tasksWithoutSamples: index.tasks.length - byTask.length,
    samples: table.samples,
    candidates: table.candidates,
    outcomes: table.byOutcome(),
    passAtK: meanPassAtK(byTask),
  };
}

async function checkFolder(out: string): Promise<void> {
  const facts = await stat(dirname(out)).catch(() => null);
  if (!facts?.isDirectory()) {
    throw new CodejuryError('not-found', `--out: there is no folder ${dirname(out)}`, {
      hint: 'make it first',
    });
  }
}
