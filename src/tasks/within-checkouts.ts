import { relative, resolve } from 'node:path';
import type { Task } from '../contracts/task.ts';

/**
 * The task without its project, and so without tests, unless that lies in the folder of checkouts that the user named: a task file
 * does not decide which of the machine's folders candidates see.
 *
 * @param checkouts null = the user named none
 */
export function withinCheckouts(task: Task, checkouts: string | null): Task {
  const { javaProject, ...metadata } = task.metadata;
  if (javaProject === undefined || (checkouts !== null && isInside(javaProject, checkouts))) return task;
  return { ...task, tests: null, metadata };
}

function isInside(project: unknown, checkouts: string): boolean {
  const folder =
    typeof project === 'object' && project !== null && 'folder' in project ? project.folder : null;
  return typeof folder === 'string' && !relative(resolve(checkouts), resolve(folder)).startsWith('..');
}
