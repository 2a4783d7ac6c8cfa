import type { StudyReport, StudyWriterFacts } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { plural } from './caption-parts.ts';
import { rejectedSamples, runCandidates } from './run-candidates.ts';

/** Generators, pools and larger models: what they wrote, and how often it passes. */
export function writersTable({ writers, generators, config }: StudyReport): ReportTable {
  const ks = [...new Set(writers.flatMap(({ written }) => written.passAtK.map(({ k }) => k)))].sort(
    (a, b) => a - b,
  );
  const most = Math.max(...config.candidates);
  const oracleOf = (writer: StudyWriterFacts) =>
    generators
      .find(({ name }) => writer.kind === 'generator' && name === writer.name)
      ?.choices.rows.find(({ name, n }) => name === 'oracle' && n === most)?.passAt1 ?? null;
  return buildTable(
    {
      id: 'writers',
      title: 'Who wrote candidates',
      caption:
        'Counts are exact; rejected are samples in which nothing to run was found. pass@k: exact over all samples of a task, those without a candidate failing, then the mean over tasks; none where a candidate ' +
        `could not be executed. Oracle: share of draws of ${plural(most, 'sample')} with a candidate that passes, measured in ` +
        `${plural(config.repetitions, 'repetition')} a task, seed ${config.seed}, with its 95 % interval by bootstrap over tasks (${plural(config.resamples, 'resample')}).`,
    },
    [
      ['writer', 'writer', 'text', ({ name }) => name],
      ['role', 'role', 'text', ({ kind }) => (kind === 'large' ? 'larger model' : 'generator')],
      ['tasks', 'tasks', 'count', ({ written }) => written.tasks],
      ['tasks_without_samples', 'without samples', 'count', ({ written }) => written.tasksWithoutSamples],
      ['samples', 'samples', 'count', ({ written }) => written.samples],
      ['rejected', 'rejected', 'count', rejectedSamples],
      ['candidates', 'distinct candidates', 'count', runCandidates],
      ...ks.map(
        (k): Field<StudyWriterFacts> => [
          `pass_at_${k}`,
          `pass@${k}`,
          'share',
          ({ written }) => written.passAtK.find((entry) => entry.k === k)?.value ?? null,
        ],
      ),
      [`oracle_of_${most}`, `oracle of ${most}`, 'share', oracleOf],
      ['model', 'model', 'text', ({ model }) => model],
      ['pool', 'pool', 'text', ({ pool }) => pool],
    ],
    writers,
  );
}
