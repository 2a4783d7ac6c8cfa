import { stat } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';

/**
 * For files that are opened more than once, first to see how they begin: of a pipe that would be gone.
 *
 * @throws {CodejuryError} `usage` for a pipe or socket; nothing for a path where nothing is, of which its reader says more.
 */
export async function refusePipe(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null || !(found.isFIFO() || found.isSocket())) return;
  throw new CodejuryError('usage', `${path}: expected a file, received a pipe`, {
    hint: 'it is read more than once: write what comes through it into a file, and name that',
  });
}
