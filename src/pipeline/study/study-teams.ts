import type { StudyJudge } from '../../contracts/study-config.ts';
import { type JudgeCalibration, UNCALIBRATED } from '../../select/score-verdict.ts';
import { readProfile } from '../read-profile.ts';
import { resolveFrom } from '../read-team.ts';
import type { StudyRun } from './study-run.ts';

/** A judge of a study and what is known of it from validation. */
export interface KnownJudge {
  readonly judge: StudyJudge;
  readonly calibration: JudgeCalibration;
  /** On validation; null = it has not been measured. */
  readonly kappa: number | null;
}

/** The first judges of the order, together. */
export interface StudyTeam {
  readonly name: string;
  readonly judges: readonly KnownJudge[];
}

/** Judges taken into teams where nobody says which: as many as the paper has. */
const MOST = 3;

/** @throws {CodejuryError} as readProfile. */
export async function knownJudges({ config, folder }: StudyRun): Promise<readonly KnownJudge[]> {
  return Promise.all(
    config.judges.map(async (judge) => {
      if (judge.profile === null) return { judge, calibration: UNCALIBRATED, kappa: null };
      const { profile } = await readProfile(resolveFrom(folder, judge.profile));
      return { judge, calibration: profile, kappa: profile.metrics?.kappa ?? null };
    }),
  );
}

/**
 * One team for each K: the first K judges of the order, which validation decides and no test task.
 *
 * @see arXiv 2602.11911, ensembles of judges
 */
export function studyTeams({ config }: StudyRun, known: readonly KnownJudge[]): readonly StudyTeam[] {
  const order = config.teams.order;
  const ordered =
    order === null
      ? known
          .filter(({ kappa }) => kappa !== null)
          .sort((a, b) => (b.kappa ?? 0) - (a.kappa ?? 0))
          .slice(0, MOST)
      : order.flatMap((name) => known.find(({ judge }) => judge.name === name) ?? []);
  return ordered.map((_, index) => {
    const judges = ordered.slice(0, index + 1);
    return { name: `team of ${judges.map(({ judge }) => judge.name).join(' + ')}`, judges };
  });
}
