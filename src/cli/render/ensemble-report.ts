import type { EnsembleResult } from '../../contracts/ensemble-result.ts';
import { METRIC_NAMES } from '../../contracts/judge-evaluation.ts';
import { plural, renderNumber, renderTable } from './table.ts';

const SHOWN = ['kappa', 'f1', 'aucWithinTask', 'brier'] as const;

/** What `ensemble fit` shows to a person: the judges in order, every combination of the first of them, and what was written. */
export function ensembleReport(result: EnsembleResult): string {
  const { judges, rows, withoutLabel } = result;
  return [
    `${plural(result.candidates, 'candidate')} of ${plural(result.tasks, 'task')}` +
      (withoutLabel === 0 ? '' : `, ${plural(withoutLabel, 'verdict')} without a label left out`),
    '',
    renderTable(
      ['', 'judge', 'kappa', 'Platt scaling'],
      judges.map((judge, index) => [
        String(index + 1),
        judge.name,
        renderNumber(judge.kappa),
        judge.platt === null
          ? judge.profile === null
            ? 'none: no --profile'
            : 'none in its profile'
          : 'of its profile',
      ]),
    ),
    '',
    renderTable(
      ['judges', 'combine', ...SHOWN.map((metric) => METRIC_NAMES[metric] ?? metric)],
      rows.map((row) => [
        String(row.judges),
        row.combination,
        ...SHOWN.map((metric) => renderNumber(row[metric])),
      ]),
    ),
    'formulas use the Platt scaling named above, as a team does; fitted ones take label and confidence as they are,',
    'and are measured on tasks that were left out of fitting',
    '',
    ...result.notices.map((notice) => `note: ${notice}`),
    `${result.out}: ${result.combine} of ${result.usedJudges.join(', ')}`,
  ].join('\n');
}
