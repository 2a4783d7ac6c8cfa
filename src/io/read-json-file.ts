import { readFile } from 'node:fs/promises';
import { CodejuryError } from '../errors.ts';

/**
 * The value in a file of one JSON document.
 *
 * @param what the file is, for messages: `judge profile`
 * @param hint what to do, in both cases
 * @throws {CodejuryError} `not-found` when it cannot be read; `usage` when it is no JSON.
 */
export async function readJsonFile(path: string, what: string, hint: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CodejuryError('not-found', `cannot read the ${what} ${path}`, { hint, cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CodejuryError('usage', `${path}: not JSON: ${(cause as Error).message}`, { hint, cause });
  }
}
