import { readdirSync, readFileSync } from 'node:fs';
import { errorCode } from '../../io/error-code.ts';

/** In the flags of an open file: it is closed when another program is started. */
const CLOSE_ON_EXEC = 0o2000000;

/**
 * Numbers above 2 that a started program would inherit: files that whoever started codejury left open, or a library opened
 * without care. Empty where the system does not tell.
 */
export function leakedDescriptors(folder = '/proc/self/fdinfo'): number[] {
  return list(folder)
    .map(Number)
    .filter((descriptor) => descriptor > 2 && (flagsOf(folder, descriptor) & CLOSE_ON_EXEC) === 0)
    .sort((a, b) => a - b);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function flagsOf(folder: string, descriptor: number): number {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`${folder}/${descriptor}`, 'utf8'))?.[1] ?? '';
    return Number.parseInt(flags, 8);
  } catch (error) {
    // The listing's own descriptor, closed since.
    if (errorCode(error) === 'ENOENT') return CLOSE_ON_EXEC;
    throw error;
  }
}
