import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import { nearest } from '../util/nearest.ts';
import { bundledIdOfPath, bundledTasksFolder } from './bundled-tasks-folder.ts';
import { loadTaskFile } from './load-task-file.ts';

/**
 * Ids of all bundled tasks, `<language>/<name>`, in code unit order. Reads folder listings only.
 *
 * @throws {CodejuryError} `not-found` when the installation lacks its tasks folder.
 */
export async function listBundledTaskIds(): Promise<readonly string[]> {
  const folder = bundledTasksFolder();
  try {
    const entries = await readdir(folder, { recursive: true });
    return entries
      .filter((entry) => entry.endsWith('.yaml'))
      .map(bundledIdOfPath)
      .sort();
  } catch (error) {
    throw new CodejuryError('not-found', `${folder}: the bundled tasks are not there`, {
      hint: 'the installation is incomplete; install codejury again',
      cause: error,
    });
  }
}

/**
 * All bundled tasks, sorted by id.
 *
 * @throws {CodejuryError} `not-found` when the installation lacks its tasks folder.
 */
export async function listBundledTasks(): Promise<readonly Task[]> {
  return Promise.all((await listBundledTaskIds()).map(loadBundledTask));
}

/**
 * The bundled task with this id. Written `python/clamp`, `tasks/python/clamp`, `tasks/python/clamp.yaml`, or `clamp` alone
 * where one language only has it.
 *
 * @throws {CodejuryError} `not-found` naming the nearest id; `usage` when a bare name is in several languages.
 */
export async function findBundledTask(id: string): Promise<Task> {
  const ids = await listBundledTaskIds();
  const [found, ...others] = matchBundledId(id, ids);
  if (found === undefined) {
    throw new CodejuryError('not-found', `no bundled task "${id}"`, { hint: bundledTaskHint(id, ids) });
  }
  if (others.length > 0) {
    throw new CodejuryError('usage', `"${id}" is the name of several bundled tasks`, {
      hint: `write one of ${[found, ...others].join(', ')}`,
    });
  }
  return loadBundledTask(found);
}

/** The ids that a name may mean: one when it is exact, several when a bare name is in several languages. */
export function matchBundledId(name: string, ids: readonly string[]): readonly string[] {
  const wanted = withoutFolder(name);
  return ids.includes(wanted) ? [wanted] : ids.filter((id) => id.slice(id.indexOf('/') + 1) === wanted);
}

/** What to write instead of a name that is no bundled task. */
export function bundledTaskHint(name: string, ids: readonly string[]): string {
  const wanted = withoutFolder(name);
  const bareNames = ids.map((id) => id.slice(id.indexOf('/') + 1));
  const meant = wanted.includes('/')
    ? nearest(wanted, ids)
    : (ids[bareNames.indexOf(nearest(wanted, bareNames) ?? '')] ?? null);
  return meant === null
    ? `give a task file (YAML or JSON) or the id of one of the ${ids.length} bundled tasks, such as ${ids[0] ?? 'python/clamp'}`
    : `did you mean ${meant}?`;
}

function withoutFolder(name: string): string {
  return bundledIdOfPath(name.trim())
    .replace(/^\.\//, '')
    .replace(/^tasks\//, '');
}

function loadBundledTask(id: string): Promise<Task> {
  return loadTaskFile(join(bundledTasksFolder(), `${id}.yaml`));
}
