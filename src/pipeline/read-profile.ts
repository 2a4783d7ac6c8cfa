import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type JudgeProfile, judgeProfileSchema } from '../contracts/judge-profile.ts';
import { readJsonFile } from '../io/read-json-file.ts';
import { parseStrict } from '../util/parse-strict.ts';

/** The file that describes a judge which is named by its folder, or by that file. */
export async function profileFile(path: string): Promise<string> {
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() ? join(path, 'profile.json') : path;
}

/**
 * The judge profile in a JSON file, with every default.
 *
 * @throws {CodejuryError} `not-found` when it cannot be read; `usage` naming what is wrong in it.
 */
export async function readProfile(path: string): Promise<JudgeProfile> {
  const hint =
    'a judge is a folder with a profile.json, or that file: `codejury train --out FOLDER` makes one; a judge that was not trained is named by --judge';
  return parseStrict(judgeProfileSchema, await readJsonFile(path, 'judge profile', hint), path);
}
