import { readFile } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';
import { errorCode } from './error-code.ts';

/**
 * The value in a file of one JSON document.
 *
 * @param what the file is, for messages: `judge profile`
 * @param hint what to do, in both cases
 * @throws {CodejuryError} `not-found` when it is not there or cannot be read; `usage` when it is no JSON.
 */
export async function readJsonFile(path: string, what: string, hint: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const code = errorCode(cause);
    const problem =
      code === 'ENOENT' ? `there is no ${what} ${path}` : `cannot read the ${what} ${path} (${code})`;
    throw new CodejuryError('not-found', problem, { hint, cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodejuryError('usage', `${path}: not JSON: ${(cause as Error).message}`, { hint, cause });
  }
}
