import type { Task } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import type { Limits } from './limits.ts';

/** Longest name of a file or folder on every file system that matters, in bytes. */
const NAME_BYTES = 255;

/**
 * The files a task brings along, as path and content, for the folder that its candidates run in.
 *
 * @throws {CodejuryError} `usage` for a path that leads out of that folder or is none; `capability` when they do not fit
 *   the limits.
 */
export function resourceFiles(
  task: Pick<Task, 'id' | 'resources'>,
  limits: Pick<Limits, 'fileBytes' | 'scratchBytes'>,
): readonly (readonly [path: string, content: string])[] {
  const files = Object.entries(task.resources ?? {});
  let totalBytes = 0;
  for (const [path, content] of files) {
    const wrong = path.split('/').find((part) => !isName(part));
    if (wrong !== undefined) {
      throw new CodejuryError(
        'usage',
        `task ${task.id}: resources: expected paths inside the task's folder, "/" between names, received ${JSON.stringify(path)}`,
      );
    }
    const bytes = Buffer.byteLength(content);
    totalBytes += bytes;
    if (bytes > limits.fileBytes || totalBytes > limits.scratchBytes / 2) {
      throw new CodejuryError(
        'capability',
        `task ${task.id}: ${path} does not fit the sandbox's scratch space`,
        {
          hint: `limits: a file ${limits.fileBytes} bytes, all files together half of ${limits.scratchBytes} bytes`,
        },
      );
    }
  }
  return files;
}

function isName(part: string): boolean {
  return (
    part !== '' &&
    part !== '.' &&
    part !== '..' &&
    !/[\\\0]/.test(part) &&
    Buffer.byteLength(part) <= NAME_BYTES
  );
}
