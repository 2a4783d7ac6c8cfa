import { join } from 'node:path';
import { type PoolCandidate, type Ranker, scorerOf } from '../../select/ranker.ts';
import { combineByFormula } from '../open-combiner.ts';
import { STUDY_FILES, type StudyRun } from './study-run.ts';
import { knownJudges, type StudyTeam, studyTeams } from './study-teams.ts';
import { readVerdictBook, type VerdictBook } from './verdict-book.ts';

/**
 * The teams of a study, whose judges have been asked already. Of candidates that are equal but for comments and blanks the first is
 * judged, as in `solve`.
 */
export async function openTeamRankers(study: StudyRun, generator: string): Promise<readonly Ranker[]> {
  const teams = studyTeams(study, await knownJudges(study));
  if (teams.length === 0) return [];
  const book = await readVerdictBook(join(study.out, STUDY_FILES.verdicts(generator)));
  return teams.map((team) => teamRanker(team, book, study));
}

function teamRanker({ name, judges }: StudyTeam, book: VerdictBook, { config }: StudyRun): Ranker {
  const names = judges.map(({ judge }) => judge.name);
  const combine = combineByFormula(
    config.teams,
    judges.map(({ judge, calibration }) => ({ name: judge.name, calibration })),
  );
  const scoreOf = ({ samples }: PoolCandidate): number | null => {
    for (const sample of samples) {
      const given = book.get(sample);
      if (given !== undefined) return combine(names.flatMap((judge) => given.get(judge) ?? []));
    }
    return null;
  };
  return {
    name,
    ties: 'team',
    how: () => `probability by ${names.join(' + ')}${names.length > 1 ? `, ${config.teams.combine}` : ''}`,
    prepare: async ({ candidates }) =>
      scorerOf(new Map(candidates.map((candidate) => [candidate.id, scoreOf(candidate)]))),
  };
}
