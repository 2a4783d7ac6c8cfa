import { CodejuryError } from '../../errors.ts';
import { cannotWrite } from '../../io/cannot-write.ts';
import { acquireFileLock, type FileLock } from '../../io/file-lock.ts';

/**
 * Keeps other runs from writing to the same place: they would share the table beside it. What a killed run holds is taken over.
 *
 * @throws {CodejuryError} `usage` when another run is under way there, or when nothing can be written there; `disk-full`; `aborted`.
 */
export async function lockOutput(out: string, signal: AbortSignal): Promise<FileLock> {
  const file = `${out}.lock`;
  try {
    return await acquireFileLock(file, {
      signal,
      onWait: (owner) => {
        const who = owner === null ? '' : ` (process ${owner.pid} on ${owner.host})`;
        throw new CodejuryError('usage', `another run is writing to ${out}${who}`, {
          hint: 'wait until it is finished, or choose another --out',
        });
      },
    });
  } catch (error) {
    throw error instanceof CodejuryError ? error : cannotWrite(file, error);
  }
}
