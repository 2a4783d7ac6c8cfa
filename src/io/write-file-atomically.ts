import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { cannotWrite } from './cannot-write.ts';
import { temporaryBeside } from './temporary-beside.ts';

/**
 * Writes the file so that a reader, and whoever looks after a crash, sees the old content or all of the new: a
 * temporary file in the same folder, flushed to the disk, then renamed. Missing folders are made.
 *
 * @throws {CodejuryError} `disk-full`, or `usage` for a place that cannot be written; nothing of the new file is left then.
 */
export async function writeFileAtomically(file: string, data: string | Uint8Array): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await replace(file, data);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

async function replace(file: string, data: string | Uint8Array): Promise<void> {
  const temporary = await temporaryBeside(file);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
