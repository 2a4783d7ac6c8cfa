import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JudgeProfile, judgeProfileSchema } from '../contracts/judge-profile.ts';
import { readJsonFile } from '../io/read-json-file.ts';
import { parseStrict } from '../util/parse-strict.ts';

/** Beside `src/` and `dist/`; this module sits two folders below the package in either. */
const BUNDLED = fileURLToPath(new URL('../../judges', import.meta.url));

/** A path of a team has been made absolute before anybody looks at it, so the prefix may stand behind a folder. */
const BUNDLED_NAME = /(?:^|[\\/])bundled:([\w.-]+)$/;

/** The file that describes a judge which is named by its folder, by that file, or as `bundled:NAME`, one that comes with the package. */
export async function profileFile(path: string): Promise<string> {
  const bundled = BUNDLED_NAME.exec(path)?.[1];
  if (bundled !== undefined) return join(BUNDLED, bundled, 'profile.json');
  const facts = await stat(path).catch(() => null);
  return facts?.isDirectory() ? join(path, 'profile.json') : path;
}

/** Whether a judge is named as one that comes with the package, whose files are not the user's to change. */
export function isBundled(named: string): boolean {
  return BUNDLED_NAME.test(named);
}

/** A profile and the file it is in. */
export interface FoundProfile {
  readonly path: string;
  readonly profile: JudgeProfile;
}

/**
 * The profile of a judge, with every default.
 *
 * @param named as `profileFile` takes it
 * @throws {CodejuryError} `not-found` when it cannot be read; `usage` naming what is wrong in it.
 */
export async function readProfile(named: string): Promise<FoundProfile> {
  const path = await profileFile(named);
  const hint =
    'a judge is a folder with a profile.json, or that file: `codejury train --out FOLDER` makes one, and bundled:smollm2-135m-python comes with codejury; a judge that was not trained is named by --judge';
  return {
    path,
    profile: parseStrict(judgeProfileSchema, await readJsonFile(path, 'judge profile', hint), path),
  };
}
