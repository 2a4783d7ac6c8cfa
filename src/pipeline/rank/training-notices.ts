import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import type { DescribedTask } from '../../util/problem-groups.ts';
import { datasetOverlaps } from '../dataset-overlaps.ts';
import { readProfile } from '../read-profile.ts';
import { resolveFrom, type TeamSource } from '../read-team.ts';
import type { RankerSpec } from './ranker-spec.ts';
import { readJudges } from './read-judges.ts';

/** What tells which datasets are at hand, and what is measured. */
export interface RankedData {
  /** Where the tasks are: in a dataset's folder, or anywhere. */
  readonly tasks: string;
  /** A dataset that a ranker learns from. */
  readonly train: string | null;
  readonly ranked: readonly DescribedTask[];
}

/**
 * For people, of judges that are to choose among candidates of tasks they were trained on, as far as their dataset is at hand: the
 * one that the tasks are from, or that `--train` names.
 *
 * @throws {CodejuryError} as readJudges and readProfile do.
 */
export async function trainingNotices(
  specs: readonly RankerSpec[],
  team: TeamSource,
  data: RankedData,
): Promise<readonly string[]> {
  const profiles = new Map<string, JudgeProfile>();
  for (const { name, argument } of specs) {
    if (name !== 'judge' && name !== 'behaviour-clusters') continue;
    const { config, folder } = argument === null ? team : await readJudges(argument);
    for (const { profile: named } of config.judges) {
      if (named === null) continue;
      const { path, profile } = await readProfile(resolveFrom(folder, named));
      profiles.set(path, profile);
    }
  }
  if (profiles.size === 0) return [];
  const places = [data.tasks, ...(data.train === null ? [] : [data.train])];
  const known = await datasetOverlaps(places, data.ranked);
  const notices: string[] = [];
  for (const { name, training } of profiles.values()) {
    const trained = known.get(training?.datasetDigest ?? '')?.train.size ?? 0;
    if (trained === 0) continue;
    notices.push(`${name} was trained on ${trained} of the ranked tasks: what is shown flatters it`);
  }
  return notices;
}
