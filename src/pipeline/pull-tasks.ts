import type { TaskCount } from '../contracts/task-summary.ts';
import type { DownloadTimings } from '../io/download-partial.ts';
import type { Environment } from '../io/environment.ts';
import type { Fetch } from '../io/fetch-following.ts';
import type { OnProgress } from '../io/progress.ts';
import { pullHubFile } from '../models/pull-hub-file.ts';
import { type BenchmarkEntry, benchmarkFilePath, requireBenchmark } from '../tasks/benchmarks.ts';
import { createTaskCounter } from './count-tasks.ts';
import { benchmarksFolder, openTasks } from './open-tasks.ts';

export interface PullTasksOptions {
  readonly name: string;
  readonly offline: boolean;
  readonly env: Environment;
  readonly signal?: AbortSignal;
  readonly fetch?: Fetch;
  readonly timings?: Partial<DownloadTimings>;
  readonly onProgress?: OnProgress;
  readonly onNotice?: (text: string) => void;
}

export interface PulledFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Against what the digest was checked. */
  readonly checkedAgainst: 'registry' | 'hub' | 'first-use';
}

export interface PulledTasks {
  readonly name: string;
  readonly entry: BenchmarkEntry;
  readonly files: readonly PulledFile[];
  readonly counts: readonly TaskCount[];
}

/**
 * Fetches a benchmark from the hub at its pinned revision, verifies and reads it. What is here already is not fetched again.
 *
 * @throws {CodejuryError} `not-found` naming the nearest; `download`, `digest-mismatch`, `disk-full`, `aborted`; `usage` when
 *   the hub has something else than tasks.
 */
export async function pullTasks(options: PullTasksOptions): Promise<PulledTasks> {
  const entry = requireBenchmark(options.name);
  const { env } = options;
  const [owner = '', repository = ''] = entry.repository.split('/');
  const files: PulledFile[] = [];
  for (const file of entry.files) {
    const destination = benchmarkFilePath(benchmarksFolder(env), entry, file);
    const { sizeBytes, sha256, checkedAgainst } = await pullHubFile({
      reference: { kind: 'hf', dataset: true, owner, repository, revision: entry.revision, file: file.path },
      destination,
      expectedSha256: file.sha256,
      env,
      fetch: options.fetch ?? fetch,
      timings: options.timings,
      now: Date.now,
      offline: options.offline,
      signal: options.signal,
      onProgress: options.onProgress,
      onNotice: ({ message }) => options.onNotice?.(message),
    });
    files.push({ path: destination, sizeBytes, sha256, checkedAgainst });
  }
  const counter = createTaskCounter();
  for await (const task of openTasks(entry.name, { env })) {
    counter.add(task);
  }
  return { name: entry.name, entry, files, counts: counter.counts() };
}
