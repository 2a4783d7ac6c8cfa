import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { errorCode } from './error-code.ts';
import { isProcessAlive } from './process-identity.ts';

const OURS = new RegExp(`^${RegExp.escape(hostname())}-(?<pid>\\d+)-[0-9a-f]{8}\\.tmp$`);

/**
 * A new name in the same folder for what is to be renamed to `target` when it is complete. What processes of this host left
 * behind there for the same target when they were killed is removed first.
 */
export async function temporaryBeside(target: string): Promise<string> {
  const folder = path.dirname(target);
  const start = `${path.basename(target)}.`;
  for (const name of await namesIn(folder)) {
    const pid = name.startsWith(start) ? OURS.exec(name.slice(start.length))?.groups?.pid : undefined;
    if (pid === undefined || isProcessAlive(Number(pid))) continue;
    await rm(path.join(folder, name), { recursive: true, force: true });
  }
  return `${target}.${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // Whoever writes there will say what is wrong. A folder may be writable without being readable.
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}
