import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** What made the numbers of all tables. */
export function provenanceTable({ name, made, config }: StudyReport): ReportTable {
  const { teams } = config;
  return buildTable<readonly [string, string]>(
    {
      id: 'provenance',
      title: 'How it was made',
      caption:
        'All tables but that of times are a function of the config, the files it names and the models: run again, the study gives the same numbers.',
    },
    [
      ['what', 'what', 'text', ([what]) => what],
      ['value', 'value', 'text', ([, value]) => value],
    ],
    [
      ['study', name],
      ['codejury', made.codejury],
      ['sha256 of the config', made.configDigest],
      ['seed', String(config.seed)],
      ['tasks from', config.tasks.join(', ')],
      ['at most so many tasks', config.maxTasks === null ? 'all' : String(config.maxTasks)],
      ['samples a draw', config.candidates.join(', ')],
      ['repetitions', String(config.repetitions)],
      ['resamples of the bootstrap', String(config.resamples)],
      ['candidates are equal by', config.dedupe],
      ...Object.entries(made.rankers).map(([ranker, digest]) => [`digest of ${ranker}`, digest] as const),
      ['teams combine by', `${teams.combine}, score ${teams.score}, prior ${teams.prior}`],
    ],
  );
}
