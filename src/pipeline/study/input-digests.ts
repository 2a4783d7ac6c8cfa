import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import { hashFile } from '../../io/hash-file.ts';
import { parseModelReference } from '../../models/model-reference.ts';
import { hashJson } from '../../util/hash.ts';
import { openModelStore } from '../manage-models.ts';
import { resolveFrom } from '../read-team.ts';
import type { StudyRun } from './study-run.ts';

/**
 * The hash of a file, or of the files in a folder with their names.
 *
 * @throws {CodejuryError} `not-found`.
 */
export async function inputDigest(path: string, folder: string): Promise<string> {
  const file = resolveFrom(folder, path);
  try {
    if (!(await stat(file)).isDirectory()) return await hashFile(file);
    const names = (await readdir(file)).sort();
    return hashJson(
      await Promise.all(names.map(async (name) => [name, await inputDigest(join(file, name), folder)])),
    );
  } catch (cause) {
    if (cause instanceof CodejuryError) throw cause;
    throw new CodejuryError('not-found', `cannot read ${file} (${errorCode(cause)})`, {
      hint: 'paths of a study start at the folder of its file',
      cause,
    });
  }
}

/** Of a model in a file of the user's, its hash; what others are named by pins their bytes, and of servers nobody knows. */
export async function modelDigest(model: string, { folder, env, signal }: StudyRun): Promise<string> {
  const reference = parseModelReference(model, { workingFolder: folder, env });
  if (reference.kind !== 'file') return model;
  return (await openModelStore(env).ensure(reference, { signal, offline: true })).sha256;
}
