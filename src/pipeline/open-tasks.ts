import { join } from 'node:path';
import type { Task } from '../contracts/task.ts';
import type { Environment } from '../io/environment.ts';
import { resolveHome } from '../io/home.ts';
import { readTasks } from '../tasks/read-tasks.ts';

export interface OpenTasksOptions {
  readonly env: Environment;
  /** CoderEval: the folder with the project checkouts. */
  readonly projectFolder?: string | null;
}

/**
 * The tasks of whatever a user names as their source or sources, pulled benchmarks included.
 *
 * @throws {CodejuryError} as `readTasks` does.
 */
export function openTasks(
  source: string | readonly string[],
  { env, projectFolder = null }: OpenTasksOptions,
): AsyncGenerator<Task> {
  return readTasks(source, { projectFolder, benchmarksFolder: benchmarksFolder(env) });
}

/** Where pulled benchmarks lie. */
export function benchmarksFolder(env: Environment): string {
  return join(resolveHome(env).cacheDir, 'benchmarks');
}
