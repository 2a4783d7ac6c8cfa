import { dirname, join, resolve } from 'node:path';
import type { JudgeIdentity } from '../../contracts/judge-identity.ts';
import { CodejuryError } from '../../errors.ts';
import { hashFile } from '../../io/hash-file.ts';
import { identifyProfile, identityDifference } from '../judge-identity.ts';
import { type FoundProfile, readProfile } from '../read-profile.ts';
import type { Truth } from './read-truth.ts';

/**
 * Profiles by the names of their judges.
 *
 * @throws {CodejuryError} as readProfile; `usage` for two of one name.
 */
export async function readProfiles(paths: readonly string[]): Promise<ReadonlyMap<string, FoundProfile>> {
  const profiles = new Map<string, FoundProfile>();
  for (const given of paths) {
    const { path, profile } = await readProfile(resolve(given));
    const twin = profiles.get(profile.name);
    if (twin !== undefined && twin.path !== path) {
      throw new CodejuryError('usage', `${path}: its judge "${profile.name}" is also that of ${twin.path}`);
    }
    profiles.set(profile.name, { path, profile });
  }
  return profiles;
}

/**
 * Whether a profile is that of the judge that gave verdicts.
 *
 * @returns what has to be said where that cannot be known
 * @throws {CodejuryError} `usage` when it is not.
 */
export function checkProfile({ path, profile }: FoundProfile, identity: JudgeIdentity | null): string[] {
  const difference = identityDifference(identity, identifyProfile(profile));
  if (difference !== null) {
    throw new CodejuryError(
      'usage',
      `${path}: the verdicts are of another judge "${profile.name}": the profile has ${difference}`,
      { hint: 'judge again with this profile, or name the profile of the judge that gave them' },
    );
  }
  return identity === null
    ? [
        `${profile.name}: only its name says that the verdicts are those of ${path}: they do not tell its weights and prompt`,
      ]
    : [];
}

/**
 * What has to be said of a judge that is measured on the tasks it was trained on: nothing, where labels are not of that dataset or
 * only of other parts of it.
 */
export async function trainingNotice(
  { profile: { name, training } }: FoundProfile,
  { file, splits }: Pick<Truth, 'file' | 'splits'>,
  split: string | null,
): Promise<string[]> {
  const measuresTraining = split === 'train' || (split === null && splits.has('train'));
  if (training === null || !measuresTraining) return [];
  const card = await hashFile(join(dirname(file), 'data-card.json')).catch(() => null);
  return card === training.datasetDigest
    ? [
        `${name} was trained on this dataset, and is measured on its training tasks here: what is shown flatters it`,
      ]
    : [];
}
