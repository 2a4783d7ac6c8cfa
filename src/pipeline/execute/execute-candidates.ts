import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { Limits } from '../../contracts/limits.ts';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import type { Executor } from '../../execute/open-executor.ts';
import { cannotWrite } from '../../io/cannot-write.ts';
import type { Environment } from '../../io/environment.ts';
import { type CandidateTable, openCandidateTable } from '../../store/candidate-table.ts';
import type { ResultCache } from '../../store/result-cache.ts';
import { readExclusions } from '../../tasks/exclusions.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import { createTaskIndex, type TaskIndex } from '../../tasks/task-index.ts';
import { openCache } from '../open-cache.ts';
import { openRunExecutor } from '../open-run-executor.ts';
import { openTasks } from '../open-tasks.ts';
import type { OpenWriter } from '../open-writer.ts';
import { type SampleCandidate, type SampleCandidateOptions, sampleCandidates } from '../sample-candidates.ts';
import { type CandidateSource, withSourceLanguages } from './candidate-source.ts';
import { collectCandidates } from './collect-candidates.ts';
import { executeAll } from './execute-all.ts';
import { generatedCandidates } from './generated-candidates.ts';
import { lockOutput } from './lock-output.ts';
import { openRecorder } from './recorded-execution.ts';
import { type ReferenceLimits, referenceLimits } from './reference-limits.ts';

/** How far a run is. */
export interface ExecuteProgress {
  readonly phase: 'reading' | 'generating' | 'executing' | 'writing';
  /** Samples read or drawn, or candidates done. */
  readonly done: number;
  /** Null while it is not known. */
  readonly total: number | null;
  /** Samples or candidates that were on record. */
  readonly reused: number;
  /** Candidates that could not be executed. */
  readonly failures: number;
}

/** What every command has that executes many candidates. */
export interface CandidateRunOptions {
  /** Where the tasks are: see openTasks. */
  readonly tasks: readonly string[];
  readonly source: CandidateSource;
  /** What is written; the table of the run lies beside it. */
  readonly out: string;
  /** Null = one a core; a function is asked before each candidate. */
  readonly workers: number | (() => number) | null;
  /** File with tasks to leave out; null = none. */
  readonly exclude: string | null;
  readonly projectFolder: string | null;
  readonly languages: readonly CustomLanguage[];
  readonly limits: Partial<Limits>;
  readonly sandbox: string;
  readonly useCache: boolean;
  readonly env: Environment;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ExecuteProgress) => void;
  readonly onNotice: (text: string) => void;
}

interface ExecuteCandidatesOptions extends CandidateRunOptions, Omit<SampleCandidateOptions, 'languages'> {
  /** A file that gets a line for each run that is started, before it is; null = none. */
  readonly startLog: string | null;
  /** All tasks with candidates must have tests; otherwise labels may come with the samples. */
  readonly needTests: boolean;
  /** Called when all candidates are known, before the first is executed. */
  readonly onCollected?: (index: TaskIndex) => Promise<void>;
  /** Called when all have been executed: adds more of them to the table, which are executed, too. */
  readonly addMore?: (run: GrowingRun) => Promise<void>;
}

/** Candidates of which each has been executed. */
export interface CandidateRun {
  readonly table: CandidateTable;
  readonly index: TaskIndex;
  /** Ids of the tasks that a list excludes, and how many samples they had. */
  readonly excluded: ReadonlySet<string>;
  readonly leftOut: number;
  /** Tasks with candidates whose own solution does not pass, by id. */
  readonly failedReferences: readonly string[];
  readonly executed: number;
  readonly reused: number;
  readonly executor: Executor;
  readonly languages: readonly CustomLanguage[];
  /** Who wrote the candidates, and how many for each task; empty where they were read. */
  readonly writers: readonly { readonly writer: OpenWriter; readonly samples: number }[];
}

/** Candidates that have been executed, to make others of. */
export interface GrowingRun
  extends Pick<CandidateRun, 'table' | 'index' | 'excluded' | 'failedReferences' | 'languages'> {
  /** Whether the task's own solution passes its tests; null = it has none, or it could not be run. */
  readonly passes: (task: Task) => Promise<boolean | null>;
}

/**
 * Reads or generates candidates, executes the distinct ones, and hands them over. Finished executions are recorded one by
 * one; an interrupted run takes them up again.
 *
 * @throws {CodejuryError} `usage` or `not-found` for what a user can get wrong, before anything is run; `sandbox`,
 *   `capability`, `aborted`; and as `use`.
 */
export async function executeCandidates<T>(
  options: ExecuteCandidatesOptions,
  use: (run: CandidateRun) => Promise<T>,
): Promise<T> {
  const lock = await lockOutput(options.out, options.signal);
  try {
    return await executeAlone(options, use);
  } finally {
    await lock.release();
  }
}

/** `executeCandidates`, while no other run writes to the same place. */
async function executeAlone<T>(
  options: ExecuteCandidatesOptions,
  use: (run: CandidateRun) => Promise<T>,
): Promise<T> {
  const { signal, limits, source, startLog } = options;
  const languages = withSourceLanguages(options.languages, source);
  const executor = await openRunExecutor({ ...options, languages });
  const cache = await openCache(options);
  const table = await openCandidateTable(`${options.out}.work.sqlite`);
  try {
    const index = createTaskIndex(await Array.fromAsync(openTasks(options.tasks, options)));
    const excluded = new Set(
      options.exclude === null ? [] : (await readExclusions(options.exclude, index, options.onNotice)).keys(),
    );
    const writers: CandidateRun['writers'][number][] = [];
    const leftOut = await collectCandidates({
      table,
      candidates: await candidatesOf({ ...options, languages, executor, cache, index, excluded }, writers),
      excluded,
      signal,
      onProgress:
        source.kind === 'samples'
          ? (done) => options.onProgress?.({ phase: 'reading', done, total: null, reused: 0, failures: 0 })
          : undefined,
    });
    const used = table.byTask().flatMap(({ taskId }) => index.get(taskId) ?? []);
    if (options.needTests) await checkRunners(executor, used);
    await options.onCollected?.(index);
    const recorder = openRecorder(executor, cache);
    const references = referenceLimits(recorder, limits);
    let [done, reused, failures] = [0, 0, 0];
    const workers = options.workers ?? availableParallelism();
    const executePending = () =>
      executeAll({
        table,
        tasks: index,
        recorder,
        references,
        limits,
        workers: typeof workers === 'number' ? () => workers : workers,
        signal,
        onStart: ({ candidateId }) => {
          if (startLog !== null) appendStart(startLog, candidateId);
        },
        onDone: (_candidate, { outcome }, wasReused) => {
          done += 1;
          reused += wasReused ? 1 : 0;
          failures += outcome === 'sandbox-error' ? 1 : 0;
          options.onProgress?.({ phase: 'executing', done, total: table.candidates, reused, failures });
        },
      });
    await executePending();
    const failedReferences = await failedReferencesOf(used, references, signal);
    if (options.addMore !== undefined) {
      const passes = (task: Task) => references.passes(task, signal);
      await options.addMore({ table, index, excluded, failedReferences, languages, passes });
      await executePending();
    }
    options.onProgress?.({ phase: 'writing', done: 0, total: null, reused: 0, failures: 0 });
    const executed = done - reused;
    return await use({
      table,
      index,
      excluded,
      leftOut,
      failedReferences,
      executed,
      reused,
      executor,
      languages,
      writers,
    });
  } finally {
    table.dispose();
    cache.close();
    await executor.close();
  }
}

function appendStart(startLog: string, candidateId: string): void {
  try {
    appendFileSync(startLog, `${candidateId}\n`);
  } catch (error) {
    throw cannotWrite(startLog, error);
  }
}

/** Models take long: whether their candidates can be executed is found out before they write any. */
async function candidatesOf(
  options: ExecuteCandidatesOptions & {
    readonly executor: Executor;
    readonly cache: ResultCache;
    readonly index: TaskIndex;
    readonly excluded: ReadonlySet<string>;
  },
  writers: CandidateRun['writers'][number][],
): Promise<AsyncIterable<SampleCandidate>> {
  const { source, index, excluded, onProgress } = options;
  if (source.kind === 'samples') return sampleCandidates(readSamples(source.paths, index), index, options);
  const tasks = index.tasks.filter(({ id }) => !excluded.has(id));
  await checkRunners(options.executor, tasks);
  return generatedCandidates({
    ...options,
    source,
    tasks,
    onWriter: (writer, samples) => writers.push({ writer, samples }),
    onProgress: (done, total, reused) =>
      onProgress?.({ phase: 'generating', done, total, reused, failures: 0 }),
  });
}

/** A missing interpreter or a task without tests is told before an hour of work, not after. */
async function checkRunners(executor: Executor, tasks: readonly Task[]): Promise<void> {
  const untested = tasks.find(({ tests }) => tests === null);
  if (untested !== undefined) {
    throw new CodejuryError('usage', `task ${untested.id} has no tests to execute`, {
      hint: hintFor(untested),
    });
  }
  for (const { language, id } of new Map(tasks.map((task) => [task.language, task])).values()) {
    await executor.runner(language, id);
  }
}

function hintFor({ benchmark }: Task): string {
  const labelled = 'samples with labels of their own are for `codejury dataset build --samples`';
  return benchmark === 'codereval'
    ? `its tests lie in its project: give the folder of the checkouts with --project; ${labelled}`
    : labelled;
}

async function failedReferencesOf(
  tasks: readonly Task[],
  references: ReferenceLimits,
  signal: AbortSignal,
): Promise<string[]> {
  const failed: string[] = [];
  for (const task of tasks) {
    if ((await references.passes(task, signal)) === false) failed.push(task.id);
  }
  return failed.sort();
}
