import { readFile } from 'node:fs/promises';
import { errorCode } from './error-code.ts';

/** Whether a process of that number runs on this host, ours or anybody's. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but as another user.
    return errorCode(error) === 'EPERM';
  }
}

/** When the process started, in the kernel's ticks since boot; null when it is gone or outside Linux. */
export async function processStartedAt(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return null;
  try {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name in brackets, may hold spaces and brackets; start time is field 22.
    return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}
