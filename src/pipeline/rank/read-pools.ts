import { createCandidatePool } from '../../clean/candidate-pool.ts';
import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { Task } from '../../contracts/task.ts';
import { throwIfAborted } from '../../errors.ts';
import type { PoolCandidate, RankedTask } from '../../select/ranker.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { type SampleCandidate, sampleCandidates } from '../sample-candidates.ts';
import { sampleId } from '../sample-id.ts';

/** All samples of one task, and the distinct candidates they are. */
export interface SamplePool {
  readonly task: RankedTask;
  /** In the order of their numbers; `candidate` is null for a sample in which nothing was found that could be run. */
  readonly samples: readonly PoolSample[];
}

/** A sample and the candidate that it is. */
interface PoolSample {
  readonly index: number;
  readonly candidate: PoolCandidate | null;
}

export interface Pools {
  /** In the order of the tasks. */
  readonly pools: readonly SamplePool[];
  /** What the samples themselves say of their tests, by their numbers: for the report alone. */
  readonly given: ReadonlyMap<number, boolean>;
  /** By their numbers what tells whether labels are about the same samples. */
  readonly samples: ReadonlyMap<number, SampleIdentity>;
}

/** What a sample is, whatever it is merged with. */
export interface SampleIdentity {
  readonly taskId: string;
  /** As it stands: see sampleId. */
  readonly sampleId: string;
  /** Of the function taken out of it. */
  readonly candidateId: string;
}

export interface ReadPoolsOptions {
  readonly samples: string;
  readonly tasks: TaskIndex;
  readonly languages: readonly CustomLanguage[];
  readonly dedupe: 'tokens' | 'exact';
  /** Only so many tasks, the first that have samples; null = all. */
  readonly maxTasks: number | null;
  readonly signal: AbortSignal;
  readonly onProgress?: (samples: number) => void;
}

/** Samples between two reports of progress. */
const REPORT_EVERY = 100;

/**
 * The samples of a file by task, cleaned as a judge is shown them, equal ones merged.
 *
 * @throws {CodejuryError} as readSamples and sampleCandidates do; `aborted`.
 */
export async function readPools(options: ReadPoolsOptions): Promise<Pools> {
  const { tasks, languages, dedupe, signal } = options;
  const byTask = new Map<string, SampleCandidate[]>();
  const given = new Map<number, boolean>();
  const samples = new Map<number, SampleIdentity>();
  const kept = options.maxTasks === null ? null : await firstTasks(options, options.maxTasks);
  const wanted = readWanted(options, kept);
  let read = 0;
  for await (const sample of sampleCandidates(wanted, tasks, { clean: 'always', dedupe, languages })) {
    read += 1;
    if (read % REPORT_EVERY === 0) {
      throwIfAborted(signal);
      options.onProgress?.(read);
    }
    const { index, passed } = sample.sample;
    if (passed !== null) given.set(index, passed);
    samples.set(index, identifySample(sample));
    const ofTask = byTask.get(sample.task.id) ?? [];
    ofTask.push(sample);
    byTask.set(sample.task.id, ofTask);
  }
  return {
    pools: tasks.tasks.flatMap((task) => {
      const samples = byTask.get(task.id);
      return samples === undefined ? [] : [poolOf(task, samples)];
    }),
    given,
    samples,
  };
}

/** @param sample made with `clean: always` */
export function identifySample(sample: SampleCandidate): SampleIdentity {
  const { task, code } = sample;
  return { taskId: task.id, sampleId: sampleId(sample), candidateId: candidateId(task.id, code) };
}

/** Ids of the first tasks that have samples. */
async function firstTasks({ samples, tasks }: ReadPoolsOptions, count: number): Promise<ReadonlySet<string>> {
  const sampled = new Set<string>();
  for await (const { taskId } of readSamples(samples, tasks)) sampled.add(taskId);
  return new Set(
    tasks.tasks
      .map(({ id }) => id)
      .filter((id) => sampled.has(id))
      .slice(0, count),
  );
}

async function* readWanted({ samples, tasks }: ReadPoolsOptions, kept: ReadonlySet<string> | null) {
  for await (const sample of readSamples(samples, tasks)) {
    if (kept === null || kept.has(sample.taskId)) yield sample;
  }
}

function poolOf(task: Task, given: readonly SampleCandidate[]): SamplePool {
  const samples = given.toSorted((a, b) => a.sample.index - b.sample.index);
  const merged = createCandidatePool(task.id);
  for (const { sample, ...cleaned } of samples) merged.add(sample.index, cleaned);
  const likelihoods = new Map(samples.map(({ sample }) => [sample.index, sample.meanLogProbability ?? null]));
  const bySample = new Map<number, PoolCandidate>();
  for (const { id, code, samples: numbers, rejected } of merged.list()) {
    if (rejected !== null) continue;
    const known = numbers.flatMap((number) => likelihoods.get(number) ?? []);
    const candidate: PoolCandidate = {
      id,
      code,
      samples: numbers,
      meanLogProbability: known.length === 0 ? null : Math.max(...known),
    };
    for (const number of numbers) bySample.set(number, candidate);
  }
  return {
    task: rankedTask(task),
    samples: samples.map(({ sample: { index } }) => ({ index, candidate: bySample.get(index) ?? null })),
  };
}

/** The part of a task that rankers may see. */
export function rankedTask(task: Task): RankedTask {
  const { id, language, description, signature, prompt, entryPoint, problem, tests } = task;
  return {
    id,
    language,
    description,
    signature,
    prompt,
    entryPoint,
    problem,
    preamble: preambleOf(prompt, tests?.before ?? ''),
  };
}

/** What stands before the candidate counts as known only where the prompt shows it, too: the rest are tests. */
function preambleOf(prompt: string | null, before: string): string {
  return prompt?.startsWith(before) === true ? before : '';
}
