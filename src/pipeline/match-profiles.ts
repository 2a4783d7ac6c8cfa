import type { JudgeIdentity } from '../contracts/judge-identity.ts';
import { CodejuryError } from '../errors.ts';
import { identifyProfile, identityDifference } from './judge-identity.ts';
import type { FoundProfile } from './read-profile.ts';

export interface MatchedProfiles {
  /** By the name that the verdicts give to the judge. */
  readonly profiles: ReadonlyMap<string, FoundProfile>;
  /** What has to be said where only a name tells whose profile it is. */
  readonly notices: readonly string[];
}

/**
 * The profiles of judges that gave verdicts: each is that of the judge it describes, whatever that is called (a team may name it, or
 * call the second of two `x#2`); where verdicts or profile do not say what the judge is, that of the judge of its name.
 *
 * @param found one that is named twice counts once
 * @throws {CodejuryError} `usage` for a profile of a judge that gave no verdicts, or of another judge of that name, and for two of one judge.
 */
export function matchProfiles(
  found: readonly FoundProfile[],
  judges: ReadonlyMap<string, JudgeIdentity | null>,
): MatchedProfiles {
  const profiles = new Map<string, FoundProfile>();
  const notices: string[] = [];
  for (const measured of found) {
    if ([...profiles.values()].some(({ path }) => path === measured.path)) continue;
    const { path, profile } = measured;
    const described = judgesDescribed(measured, judges);
    const name = described.find((judge) => !profiles.has(judge)) ?? described[0] ?? profile.name;
    const identity = judges.get(name);
    if (identity === undefined) {
      throw new CodejuryError('usage', `${path}: no verdict is of its judge "${name}"`, {
        hint: `there are verdicts of ${[...judges.keys()].join(', ')}`,
      });
    }
    notices.push(...checkProfile(measured, identity));
    const twin = profiles.get(name);
    if (twin !== undefined) {
      throw new CodejuryError('usage', `${path}: its judge "${name}" is also that of ${twin.path}`, {
        hint: 'name one profile a judge',
      });
    }
    profiles.set(name, measured);
  }
  return { profiles, notices };
}

/**
 * Whether a profile is that of the judge that gave verdicts.
 *
 * @returns what has to be said where that cannot be known
 * @throws {CodejuryError} `usage` when it is not.
 */
function checkProfile({ path, profile }: FoundProfile, identity: JudgeIdentity | null): string[] {
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

/** The judges that are surely what a profile describes, that of its name first; none where the weights are unknown. */
function judgesDescribed(
  { profile }: FoundProfile,
  judges: ReadonlyMap<string, JudgeIdentity | null>,
): string[] {
  const { weights, template, data } = identifyProfile(profile);
  return [...judges]
    .filter(
      ([, judge]) =>
        weights !== null && judge?.weights === weights && judge.template === template && judge.data === data,
    )
    .map(([name]) => name)
    .sort((a, b) => Number(b === profile.name) - Number(a === profile.name));
}
