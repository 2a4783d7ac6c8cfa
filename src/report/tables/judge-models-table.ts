import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';

/** What the judges are. */
export function judgeModelsTable({ judges }: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'judge-models',
      title: 'What the judges are',
      caption:
        'Weights: sha256 of the model and, after a +, of adapter or probe; a dash for a server. Kappa on validation is from the profile: it decides the order in teams, no test task does.',
    },
    [
      ['judge', 'judge', 'text', ({ name }) => name],
      ['setting', 'setting', 'text', ({ setting }) => setting],
      ['method', 'method', 'text', ({ method }) => method],
      ['model', 'model', 'text', ({ model }) => model],
      ['kappa', 'kappa on validation', 'number', ({ profile }) => profile?.kappa ?? null],
      ['trained_on', 'trained on', 'text', ({ profile }) => profile?.trainedOn ?? null],
      ['training_rows', 'training rows', 'count', ({ profile }) => profile?.trainingRows ?? null],
      ['weights', 'weights', 'text', ({ digest }) => digest],
      ['template', 'prompt template', 'text', ({ template }) => template],
    ],
    judges,
  );
}
