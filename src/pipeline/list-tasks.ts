import { stat } from 'node:fs/promises';
import type { TaskSummary } from '../contracts/task-summary.ts';
import type { Environment } from '../io/environment.ts';
import { BENCHMARKS, type BenchmarkEntry, benchmarkFilePath } from '../tasks/benchmarks.ts';
import { listBundledTaskIds } from '../tasks/bundled-tasks.ts';
import { benchmarksFolder, openTasks } from './open-tasks.ts';

/** A benchmark that can be pulled, and whether it was. */
export interface ListedBenchmark {
  readonly name: string;
  readonly entry: BenchmarkEntry;
  readonly isHere: boolean;
  /** Of all its files; null when one is not here. */
  readonly sizeBytes: number | null;
}

export interface TaskSources {
  readonly bundled: readonly { readonly source: string; readonly language: string; readonly tasks: number }[];
  readonly benchmarks: readonly ListedBenchmark[];
}

/** What there is to take tasks from: the bundled sets by language, and the benchmarks that can be pulled or are here. */
export async function listTaskSources(env: Environment): Promise<TaskSources> {
  const byLanguage = Map.groupBy(await listBundledTaskIds(), (id) => id.slice(0, id.indexOf('/')));
  return {
    bundled: [...byLanguage].map(([language, ids]) => ({
      source: `bundled:${language}`,
      language,
      tasks: ids.length,
    })),
    benchmarks: await Promise.all(BENCHMARKS.map((entry) => describe(entry, benchmarksFolder(env)))),
  };
}

/**
 * A line for each task of a source.
 *
 * @throws {CodejuryError} as `readTasks` does.
 */
export async function listTasks(source: string, env: Environment): Promise<readonly TaskSummary[]> {
  const summaries: TaskSummary[] = [];
  for await (const task of openTasks(source, { env })) {
    const { id, benchmark, language, signature, entryPoint, problem, tests, canonical } = task;
    summaries.push({
      id,
      benchmark,
      language,
      signature,
      entryPoint,
      problem,
      hasTests: tests !== null,
      hasCanonical: canonical !== null,
    });
  }
  return summaries;
}

async function describe(entry: BenchmarkEntry, folder: string): Promise<ListedBenchmark> {
  const sizes = await Promise.all(
    entry.files.map(async (file) => {
      const facts = await stat(benchmarkFilePath(folder, entry, file)).catch(() => null);
      return facts?.isFile() ? facts.size : null;
    }),
  );
  const isHere = !sizes.includes(null);
  return {
    name: entry.name,
    entry,
    isHere,
    sizeBytes: isHere ? sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0) : null,
  };
}
