import { resolve } from 'node:path';
import type { JudgeIdentity } from '../../contracts/judge-identity.ts';
import { CodejuryError } from '../../errors.ts';
import { checkProfile } from '../evaluate/measured-profiles.ts';
import { identifyProfile } from '../judge-identity.ts';
import { type FoundProfile, readProfile } from '../read-profile.ts';

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
 * @param paths profiles or their folders; one that is named twice counts once
 * @throws {CodejuryError} as readProfile; `usage` for a profile of a judge that gave no verdicts, and for two of one judge.
 */
export async function matchProfiles(
  paths: readonly string[],
  judges: ReadonlyMap<string, JudgeIdentity | null>,
): Promise<MatchedProfiles> {
  const profiles = new Map<string, FoundProfile>();
  const notices: string[] = [];
  for (const given of paths) {
    const measured = await readProfile(resolve(given));
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
