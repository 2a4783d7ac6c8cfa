import { basename, isAbsolute, resolve } from 'node:path';
import { profileFile } from '../read-profile.ts';
import { readTeam, type TeamSource } from '../read-team.ts';

/**
 * Judges by one name: a profile (file or folder), a team file, or a model that is asked zero-shot.
 *
 * @throws {CodejuryError} as readTeam does.
 */
export async function readJudges(name: string): Promise<TeamSource> {
  if (/\.ya?ml$/i.test(name)) return readTeam(name);
  const isProfile = /\.json$/i.test(name) || (await profileFile(name)) !== name;
  // Where a file lies on this machine is nothing for tables.
  const asked = isAbsolute(name) ? { model: name, name: basename(name) } : { model: name };
  return readTeam(null, { team: { judges: [isProfile ? { profile: resolve(name) } : asked] } });
}
