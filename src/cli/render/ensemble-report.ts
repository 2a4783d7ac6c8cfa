import type { EnsembleResult } from '../../contracts/ensemble-result.ts';
import { plural, renderNumber, renderTable } from './table.ts';

/** What `ensemble fit` shows to a person: the judges in order, every combination of the first of them, and what was written. */
export function ensembleReport(result: EnsembleResult): string {
  const { judges, rows, withoutLabel } = result;
  return [
    `${plural(result.candidates, 'candidate')} of ${plural(result.tasks, 'task')}` +
      (withoutLabel === 0 ? '' : `, ${plural(withoutLabel, 'verdict')} without a label left out`),
    '',
    renderTable(
      ['', 'judge', 'kappa'],
      judges.map(({ name, kappa }, index) => [String(index + 1), name, renderNumber(kappa)]),
    ),
    '',
    renderTable(
      ['judges', 'combine', 'kappa', 'F1', 'AUC in task', 'Brier'],
      rows.map((row) => [
        String(row.judges),
        row.combination,
        renderNumber(row.kappa),
        renderNumber(row.f1),
        renderNumber(row.aucWithinTask),
        renderNumber(row.brier),
      ]),
    ),
    'fitted ones are measured on tasks that were left out of fitting',
    '',
    `${result.out}: ${result.combine} of ${result.usedJudges.join(', ')}`,
  ].join('\n');
}
