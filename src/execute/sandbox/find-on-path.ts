import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { type Environment, environmentValue } from '../../io/environment.ts';

/** Where system programs are when PATH is unset or leaves them out. */
const SYSTEM_FOLDERS = ['/usr/local/bin', '/usr/bin', '/bin'];

/** Absolute path of the first executable file of that name on PATH, then in the system's folders; null when there is none. */
export function findOnPath(name: string, env: Environment): string | null {
  const folders = (environmentValue(env, 'PATH') ?? '').split(path.delimiter).filter(path.isAbsolute);
  return (
    [...folders, ...SYSTEM_FOLDERS].map((folder) => path.join(folder, name)).find(isExecutableFile) ?? null
  );
}

function isExecutableFile(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Absent, unreadable or not executable: in each case not the program looked for.
    return false;
  }
}
