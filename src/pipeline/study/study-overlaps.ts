import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import type { StudyOverlap, StudyReport } from '../../contracts/study-report.ts';
import type { DescribedTask } from '../../util/problem-groups.ts';
import { type DatasetOverlap, datasetOverlaps } from '../dataset-overlaps.ts';
import { readJudges } from '../rank/read-judges.ts';
import { readProfile } from '../read-profile.ts';
import { resolveFrom } from '../read-team.ts';
import { studyRankers } from './study-rankers.ts';
import type { StudyRun } from './study-run.ts';

type Trained = Pick<JudgeProfile, 'training' | 'trainedOn'>;

interface Measured {
  readonly teams: StudyReport['teams'];
  readonly tasks: readonly DescribedTask[];
}

/**
 * Judges, teams and rankers that were trained on tasks of the study or chosen by them, as far as their datasets are at hand: those that the
 * study names as its tasks, in `datasets`, as `train` or as examples. What is learned from `train` and shown as examples leaves out tasks of the
 * study by itself.
 *
 * @throws {CodejuryError} as readProfile, readJudges and readDatasetTasks do.
 */
export async function studyOverlaps(
  study: StudyRun,
  { teams, tasks }: Measured,
): Promise<readonly StudyOverlap[]> {
  const { config, folder } = study;
  const places = [
    ...config.tasks,
    ...config.datasets,
    ...(config.train === null ? [] : [config.train]),
    ...config.judges.flatMap(({ examples }) => examples ?? []),
  ];
  const known = await datasetOverlaps(
    places.map((place) => resolveFrom(folder, place)),
    tasks,
  );
  const judges = new Map<string, readonly Trained[]>();
  for (const { name, profile } of config.judges) {
    judges.set(name, profile === null ? [] : [(await readProfile(resolveFrom(folder, profile))).profile]);
  }
  const all: StudyOverlap[] = [
    ...[...judges].map(([name, own]) => overlapOf(name, 'judge', own, known)),
    ...teams.map((team) =>
      overlapOf(
        team.name,
        'team',
        team.judges.flatMap((name) => judges.get(name) ?? []),
        known,
      ),
    ),
  ];
  const rankers = await studyRankers(config.rankers, folder);
  for (const [index, { text }] of rankers.entries()) {
    const named = /^(?:judge|behaviour-clusters):(.+)$/s.exec(text)?.[1];
    if (named === undefined) continue;
    all.push(overlapOf(config.rankers[index] ?? text, 'ranker', await profilesOf(named), known));
  }
  return all.filter(({ trained, validation }) => trained !== 0 || validation !== 0);
}

/** Of all judges that one name stands for. */
async function profilesOf(named: string): Promise<readonly Trained[]> {
  const { config, folder } = await readJudges(named);
  const profiles = config.judges.flatMap(({ profile }) =>
    profile === null ? [] : [readProfile(resolveFrom(folder, profile))],
  );
  return (await Promise.all(profiles)).map(({ profile }) => profile);
}

function overlapOf(
  name: string,
  kind: StudyOverlap['kind'],
  judges: readonly Trained[],
  known: ReadonlyMap<string, DatasetOverlap>,
): StudyOverlap {
  const digests = judges.flatMap(({ training }) => training?.datasetDigest ?? []);
  const found = digests.flatMap((digest) => known.get(digest) ?? []);
  // What is known of one of its judges counts, whatever is not of another.
  const learned = judges.some(({ training, trainedOn }) => training !== null || trainedOn !== null);
  if (found.length === 0 && learned) return { name, kind, trained: null, validation: null };
  const count = (part: keyof DatasetOverlap) =>
    found.reduce((ids, overlap) => ids.union(overlap[part]), new Set<string>()).size;
  return { name, kind, trained: count('train'), validation: count('validation') };
}
