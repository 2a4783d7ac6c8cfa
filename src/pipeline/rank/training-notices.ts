import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import { hashFile } from '../../io/hash-file.ts';
import { type DescribedTask, groupProblems } from '../../util/problem-groups.ts';
import { readDatasetTasks } from '../read-dataset-lines.ts';
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
  const known = profiles.size === 0 ? new Map<string, number>() : await trainedTasks(data);
  const notices: string[] = [];
  for (const { name, training } of profiles.values()) {
    const trained = known.get(training?.datasetDigest ?? '') ?? 0;
    if (trained === 0) continue;
    notices.push(`${name} was trained on ${trained} of the ranked tasks: what is shown flatters it`);
  }
  return notices;
}

/** By the digest of a dataset at hand, how many of the ranked tasks are about the same as one of its training tasks. */
async function trainedTasks({ tasks, train, ranked }: RankedData): Promise<ReadonlyMap<string, number>> {
  const isFolder = (await stat(tasks).catch(() => null))?.isDirectory() ?? false;
  const folders = [isFolder ? tasks : dirname(tasks), ...(train === null ? [] : [train])];
  const counts = new Map<string, number>();
  for (const folder of new Set(folders.map((path) => resolve(path)))) {
    // What is no dataset has no data card.
    const digest = await hashFile(join(folder, 'data-card.json')).catch(() => null);
    if (digest === null) continue;
    const lines = await Array.fromAsync(readDatasetTasks(folder));
    const problems = groupProblems(lines.map(({ task }) => task));
    const trained = new Set(
      lines.filter(({ split }) => split === 'train').map(({ task }) => problems.of.get(task.id)),
    );
    const isTrained = (task: DescribedTask) => [...problems.about(task)].some((group) => trained.has(group));
    counts.set(digest, ranked.filter(isTrained).length);
  }
  return counts;
}
