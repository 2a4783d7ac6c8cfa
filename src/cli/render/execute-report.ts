import type { ExecuteSummary } from '../../contracts/execute-summary.ts';
import { duration, withCommas } from './execute-status.ts';
import { plural, renderTable } from './table.ts';

/** The summary of `codejury execute` for people: outcomes, pass@k, what to know before trusting them. */
export function executeReport(summary: ExecuteSummary): string {
  const { samples, candidates, tasks, tasksWithoutSamples, executed, reused, outcomes } = summary;
  const share = (count: number) => `${((100 * count) / Math.max(1, samples)).toFixed(1)} %`;
  return [
    `${withCommas(samples)} samples of ${plural(tasks - tasksWithoutSamples, 'task')}: ${withCommas(candidates)} distinct candidates, ${withCommas(executed)} executed, ${withCommas(reused)} on record (${duration(summary.durationMs / 1000)})`,
    ...(tasksWithoutSamples === 0
      ? []
      : [`${plural(tasksWithoutSamples, 'task')} without samples are left out`]),
    '',
    renderTable(
      ['outcome', 'samples', 'share', 'candidates'],
      outcomes.map((row) => [
        row.outcome ?? 'rejected',
        withCommas(row.samples),
        share(row.samples),
        withCommas(row.candidates),
      ]),
    ),
    '',
    renderTable(
      ['', 'value', 'tasks'],
      summary.passAtK.map(({ k, value, tasks: over }) => [`pass@${k}`, value.toFixed(4), String(over)]),
    ),
    '',
    summary.out,
  ].join('\n');
}
