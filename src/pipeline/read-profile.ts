import { readFile } from 'node:fs/promises';
import { type JudgeProfile, judgeProfileSchema } from '../contracts/judge-profile.ts';
import { CodejuryError } from '../errors.ts';
import { parseStrict } from '../util/parse-strict.ts';

/**
 * The judge profile in a JSON file, with every default.
 *
 * @throws {CodejuryError} `not-found` when it cannot be read as JSON; `usage` naming what is wrong in it.
 */
export async function readProfile(path: string): Promise<JudgeProfile> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CodejuryError('not-found', `cannot read the judge profile ${path}`, {
      hint: 'a judge profile is a JSON file; a judge without one is written as { model: … }',
      cause,
    });
  }
  return parseStrict(judgeProfileSchema, value, path);
}
