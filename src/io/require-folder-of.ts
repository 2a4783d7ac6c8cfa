import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodejuryError } from '../errors.ts';

/**
 * Before any work is done: a mistyped folder must not cost the result, nor become a folder.
 *
 * @param file what will be written; undefined = nothing
 * @throws {CodejuryError} `not-found`, naming the flag, when there is no folder to put it into.
 */
export async function requireFolderOf(flag: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  const facts = await stat(dirname(file)).catch(() => null);
  if (!facts?.isDirectory()) {
    throw new CodejuryError('not-found', `${flag}: there is no folder ${dirname(file)}`, {
      hint: 'make it first',
    });
  }
}
