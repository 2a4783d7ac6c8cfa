import { realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import type { Task } from '../contracts/task.ts';
import { bundledIdOfPath, bundledTasksFolder } from './bundled-tasks-folder.ts';
import { parseTask } from './parse-task.ts';
import { readTaskText } from './read-task-text.ts';

/**
 * The one task in a YAML or JSON file. Where the file does not say, the id is `file/<name without extension>` and the
 * benchmark `file`; for a file of the bundled tasks they are its bundled id and `codejury`.
 *
 * @throws {CodejuryError} `not-found` when there is no such file; `usage` when it cannot be read, is too large, empty or not
 * text, does not parse, or is not a task. The message names the file and, where known, line or field.
 */
export async function loadTaskFile(path: string): Promise<Task> {
  const text = await readTaskText(path);
  const bundled = relative(bundledTasksFolder(), await realpath(path).catch(() => path));
  const isBundled = bundled !== '' && !bundled.startsWith('..') && !isAbsolute(bundled);
  return parseTask(text, path, isBundled ? { id: bundledIdOfPath(bundled), benchmark: 'codejury' } : {});
}
