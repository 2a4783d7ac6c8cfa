import type { CompletionFrame, Task } from '../../contracts/task.ts';

/** What a benchmark's record says of a task; the rest follows from it. */
export interface BenchmarkRecord extends Pick<Task, 'benchmark' | 'language' | 'description' | 'signature'> {
  /** The last part of the task's id: unique within benchmark and language. */
  readonly local: string;
  /** The id as the benchmark writes it. */
  readonly sourceId: string;
  readonly problem: string | null;
  readonly entryPoint: string | null;
  readonly prompt: string | null;
  readonly before: string;
  /** Null = the benchmark comes without tests. */
  readonly after: string | null;
  /** Null when the prompt is not the beginning of the function. */
  readonly frame: CompletionFrame | null;
  readonly canonical: string | null;
  readonly licence: string | null;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * The task of a benchmark's record, under the id `<benchmark>/<language>/<local>`, e.g. `humaneval/python/23`. The id is the
 * same whatever file the record came from; `metadata` keeps the benchmark's own id and licence.
 */
export function benchmarkTask(record: BenchmarkRecord): Task {
  const { benchmark, language, local, sourceId, licence } = record;
  return {
    id: `${benchmark}/${language}/${local}`,
    benchmark,
    language,
    // A description may be missing, the words for a task never: its signature is better than nothing.
    description: record.description.trim() || record.signature || sourceId,
    signature: record.signature,
    prompt: record.prompt,
    completion: record.frame,
    entryPoint: record.entryPoint,
    tests: record.after === null ? null : { before: record.before, after: record.after },
    problem: record.problem,
    canonical: record.canonical,
    resources: null,
    metadata: { sourceId, licence, ...record.metadata },
  };
}
