import { stat } from 'node:fs/promises';
import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { bundledTaskHint, findBundledTask, listBundledTaskIds, matchBundledId } from './bundled-tasks.ts';
import { loadTaskFile } from './load-task-file.ts';

/**
 * The task that a user named: a file if there is one of that path, else a bundled task (see `findBundledTask`).
 *
 * @throws {CodejuryError} `usage` for an empty name, a folder, or a file that is no task; `not-found` when it is neither
 * a file nor a bundled task, naming the nearest.
 */
export async function resolveTask(nameOrPath: string): Promise<Task> {
  if (nameOrPath.trim() === '') {
    throw new CodejuryError('usage', 'task: expected a file or a bundled id, received an empty text', {
      hint: 'for example --task my-task.yaml or --task python/clamp',
    });
  }
  const kind = await kindOfPath(nameOrPath);
  if (kind === 'file') {
    return loadTaskFile(nameOrPath);
  }
  const ids = await listBundledTaskIds();
  if (matchBundledId(nameOrPath, ids).length > 0) {
    return findBundledTask(nameOrPath);
  }
  if (kind === 'folder') {
    return loadTaskFile(nameOrPath);
  }
  throw new CodejuryError('not-found', `no task file and no bundled task "${nameOrPath}"`, {
    hint: bundledTaskHint(nameOrPath, ids),
  });
}

async function kindOfPath(path: string): Promise<'file' | 'folder' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // Something is there but out of reach: reading it as a file says what is wrong.
    return code === 'EACCES' || code === 'ELOOP' ? 'file' : 'nothing';
  }
}
