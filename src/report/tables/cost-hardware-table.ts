import type { StudyCost } from '../../contracts/study-costs.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { intervalsHow } from './caption-parts.ts';

/**
 * The least hardware for each kind of answer, beside what it is worth.
 *
 * @see arXiv 2602.11911, table 3
 */
export function costHardwareTable(report: StudyReport): ReportTable {
  const { config, costs } = report;
  const most = Math.max(...config.candidates);
  const where =
    config.costs.sharing === 'separate'
      ? 'Each model has a GPU of its own'
      : 'Models share a GPU where that is cheaper';
  return buildTable(
    {
      id: 'cost-hardware',
      title: 'Hardware and dollars',
      caption:
        `The GPUs of the catalogue that hold all models for the fewest dollars, the computer around them not counted. ${where}; models that are the same file are loaded once, ` +
        `and none is split over several GPUs. pass@1 out of ${most} candidates, of a single one and of larger models out of one. ${intervalsHow(report)} ` +
        `Prices: ${costs.prices.map(({ gpu, dollars, asOf, source }) => `${gpu} $${dollars} (${asOf}, ${source})`).join('; ') || 'none'}.`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['way', 'answer', 'text', ({ name }) => name],
      ['kind', 'kind', 'text', ({ kind }) => kind],
      ['pass_at_1', 'pass@1', 'share', ({ passAt1 }) => passAt1],
      [
        'memory_gb',
        'memory, GB',
        'number',
        ({ memoryBytes }) => (memoryBytes === null ? null : memoryBytes / 1e9),
      ],
      ['gpus', 'GPUs', 'text', gpusOf],
      ['dollars', 'dollars', 'dollars', ({ dollars }) => dollars],
      [
        'notes',
        'notes',
        'text',
        ({ notes }) => notes.filter((note) => !note.startsWith('seconds')).join('; '),
      ],
    ],
    costs.rows.filter(({ n, kind }) => n === most || !kind.startsWith('team')),
  );
}

function gpusOf({ gpus }: StudyCost): string | null {
  if (gpus === null) return null;
  return gpus.length === 0
    ? 'none'
    : gpus.map(({ name, count }) => (count === 1 ? name : `${count} × ${name}`)).join(', ');
}
