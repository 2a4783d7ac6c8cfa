import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readTeam, type TeamSource } from '../read-team.ts';

/** The file in a judge's folder that describes it. */
const PROFILE_NAME = 'profile.json';

/**
 * Judges by one name: a profile (file or folder), a team file, or a model that is asked zero-shot.
 *
 * @throws {CodejuryError} as readTeam does.
 */
export async function readJudges(name: string): Promise<TeamSource> {
  if (/\.ya?ml$/i.test(name)) return readTeam(name);
  const path = await profilePath(name);
  return readTeam(null, {
    team: { judges: [/\.json$/i.test(path) ? { profile: path } : { model: name }] },
  });
}

/** The profile in a folder; a path that is no folder is taken as it is. Absolute where it names a file. */
export async function profilePath(path: string): Promise<string> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) return /\.json$/i.test(path) ? resolve(path) : path;
  return facts.isDirectory() ? resolve(join(path, PROFILE_NAME)) : resolve(path);
}
