import type { Task } from '../contracts/task.ts';
import type { Environment } from '../io/environment.ts';
import { createTaskIndex } from '../tasks/task-index.ts';
import { openTasks } from './open-tasks.ts';

export interface ShowTasksOptions {
  readonly source: string;
  /** The one to show, by any name that a sample may use; null = all. */
  readonly id: string | null;
  readonly projectFolder: string | null;
  readonly env: Environment;
}

/**
 * The tasks of a source, or the one of that name.
 *
 * @throws {CodejuryError} as `readTasks` does; `usage` naming the nearest when no task has that name.
 */
export async function* showTasks(options: ShowTasksOptions): AsyncGenerator<Task> {
  const { source, id } = options;
  if (id === null) {
    yield* openTasks(source, options);
    return;
  }
  const tasks: Task[] = [];
  for await (const task of openTasks(source, options)) {
    tasks.push(task);
  }
  yield createTaskIndex(tasks).resolve(
    id,
    null,
    source,
    `\`codejury tasks list ${source}\` shows what it has`,
  );
}
