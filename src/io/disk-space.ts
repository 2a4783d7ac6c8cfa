import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { CodejuryError } from '../errors.ts';
import { errorCode } from './error-code.ts';
import { formatBytes } from './format-bytes.ts';

/** Bytes that this user may still write on the disk of the folder, or of its nearest parent that exists. */
export type FreeBytes = (folder: string) => Promise<number>;

/** Left alone so that a download never takes the last block of a disk. */
const MARGIN_BYTES = 16 * 1024 * 1024;

export const freeBytesOf: FreeBytes = async (folder) => {
  for (let current = path.resolve(folder); ; current = path.dirname(current)) {
    try {
      const { bavail, bsize } = await statfs(current);
      return bavail * bsize;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || current === path.dirname(current)) throw error;
    }
  }
};

/**
 * @throws {CodejuryError} `disk-full` when the folder's disk has less than `neededBytes` and a small margin free.
 */
export async function requireFreeBytes(
  folder: string,
  neededBytes: number,
  freeBytes: FreeBytes = freeBytesOf,
): Promise<void> {
  const free = await freeBytes(folder);
  if (free < neededBytes + MARGIN_BYTES) throw diskFullError(folder, neededBytes, free);
}

/** SQLite's numbers, without what extends them: no room for a page, or for what it keeps beside the file. */
const SQLITE_FULL = [10, 13];

/** True for the errors of a disk or quota that is full, SQLite's among them. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
    return SQLITE_FULL.includes(error.errcode & 0xff);
  }
  return ['ENOSPC', 'EDQUOT', 'ERROR_DISK_FULL'].includes(errorCode(error) ?? '');
}

/** The error for a full disk; null = not known. */
export function diskFullError(
  folder: string,
  neededBytes: number | null,
  freeBytes: number | null,
  cause?: unknown,
): CodejuryError {
  const needed = neededBytes === null ? '' : `: ${formatBytes(neededBytes)} needed`;
  const free = freeBytes === null ? '' : `${needed === '' ? ':' : ','} ${formatBytes(freeBytes)} free`;
  return new CodejuryError('disk-full', `the disk of ${folder} is too full${needed}${free}`, {
    hint: 'free some space, or keep the models elsewhere with CODEJURY_MODELS=FOLDER',
    cause,
  });
}
