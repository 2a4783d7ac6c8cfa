import { basename } from 'node:path';
import type { TaskCount } from '../contracts/task-summary.ts';
import { throwIfAborted } from '../errors.ts';
import type { Environment } from '../io/environment.ts';
import { refuseOverwriting } from '../io/refuse-overwriting.ts';
import { requireFolderOf } from '../io/require-folder-of.ts';
import { writeLinesAtomically } from '../io/write-lines-atomically.ts';
import { createTaskCounter } from './count-tasks.ts';
import { openTasks } from './open-tasks.ts';

export interface ImportTasksOptions {
  readonly source: string;
  /** The file to write; null = the source's name with `.tasks.jsonl`, in the working folder. */
  readonly out: string | null;
  readonly projectFolder: string | null;
  readonly env: Environment;
  readonly signal: AbortSignal;
}

export interface ImportedTasks {
  readonly out: string;
  readonly tasks: number;
  readonly counts: readonly TaskCount[];
}

/**
 * Reads tasks in whatever format they come and writes them in the project's own, one a line, as they are read. The file is
 * there when all of them were read, and else as it was.
 *
 * @throws {CodejuryError} as `readTasks` does; `usage` when it would overwrite the source; `not-found` for a folder that is
 *   not there; `aborted`.
 */
export async function importTasks(options: ImportTasksOptions): Promise<ImportedTasks> {
  const { source, signal } = options;
  const out = options.out ?? defaultOut(source);
  await requireFolderOf('--out', out);
  await refuseOverwriting({ '--out': out }, { 'the source': source });
  const counter = createTaskCounter();
  const lines = async function* () {
    for await (const task of openTasks(source, options)) {
      throwIfAborted(signal);
      counter.add(task);
      yield JSON.stringify(task);
    }
  };
  await writeLinesAtomically(out, lines());
  const counts = counter.counts();
  return { out, tasks: counts.reduce((sum, { tasks }) => sum + tasks, 0), counts };
}

function defaultOut(source: string): string {
  const name = basename(source)
    .replace(/\.gz$/i, '')
    .replace(/\.(?:jsonl?|parquet|ya?ml)$/i, '')
    .replace(/[^\w.+-]/g, '-');
  return `${name}.tasks.jsonl`;
}
