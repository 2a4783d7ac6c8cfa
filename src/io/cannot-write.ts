import { CodejuryError } from '../errors.ts';
import { isDiskFull } from './disk-space.ts';
import { errorCode } from './error-code.ts';

/** A place that cannot be written, or not by this user. */
const REFUSED = ['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR', 'ENOENT', 'EFBIG', 'ENAMETOOLONG'];

/** SQLite's numbers for that: read-only, cannot be opened. */
const SQLITE_REFUSED = [8, 14];

/**
 * What to throw when writing a file failed: `disk-full` or `usage` where the disk refused, else the error as it is.
 *
 * @param hint what to do, for the user
 */
export function cannotWrite(
  file: string,
  cause: unknown,
  hint = 'free some space or choose another place that you may write to, and run the command again',
): unknown {
  if (cause instanceof CodejuryError) return cause;
  if (isDiskFull(cause)) {
    return new CodejuryError('disk-full', `cannot write ${file}: the disk is full`, { hint, cause });
  }
  const refusal = refusalOf(cause);
  return refusal === null
    ? cause
    : new CodejuryError('usage', `cannot write ${file}: ${refusal}`, { hint, cause });
}

function refusalOf(cause: unknown): string | null {
  if (cause instanceof Error && 'errcode' in cause) {
    return SQLITE_REFUSED.includes(Number(cause.errcode) & 0xff) ? cause.message : null;
  }
  const code = errorCode(cause);
  return code !== null && REFUSED.includes(code) ? code : null;
}
