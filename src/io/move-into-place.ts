import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Flushes a finished file to the disk and gives it its final name on the same disk, replacing what had it. */
export async function moveIntoPlace(temporary: string, destination: string): Promise<void> {
  const handle = await open(temporary, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await mkdir(path.dirname(destination), { recursive: true });
  await rename(temporary, destination);
}
