import type { ExecuteSummary } from '../../contracts/execute-summary.ts';
import { describeFeedback } from '../../pipeline/describe-feedback.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { duration } from './execute-status.ts';
import { plural, renderTable, withCommas } from './table.ts';

/** Candidates name their exceptions and say what they like; in characters. */
const LENGTHS = { kind: 60, example: 90 };

/** The summary of `codejury execute` for people: outcomes, pass@k, what to know before trusting them. */
export function executeReport(summary: ExecuteSummary): string {
  const { samples, candidates, tasks, tasksWithoutSamples, executed, reused, outcomes, faults } = summary;
  const share = (count: number) => `${((100 * count) / Math.max(1, samples)).toFixed(1)} %`;
  return [
    `${plural(samples, 'sample')} of ${plural(tasks - tasksWithoutSamples, 'task')}: ${plural(candidates, 'distinct candidate')}, ${withCommas(executed)} executed, ${withCommas(reused)} on record (${duration(summary.durationMs / 1000)})`,
    ...(tasksWithoutSamples === 0
      ? []
      : [`without samples, left out: ${plural(tasksWithoutSamples, 'task')}`]),
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
    ...(faults.length === 0
      ? []
      : [
          renderTable(
            ['why', 'candidates', 'for example'],
            faults.map(({ outcome, kind, candidates, example }) => [
              clipped(kind === outcome ? kind : `${outcome}: ${kind}`, LENGTHS.kind),
              withCommas(candidates),
              clipped(`${example.taskId}: ${describeFeedback(example.feedback)}`, LENGTHS.example),
            ]),
          ),
          '',
        ]),
    ...(summary.passAtK.length === 0
      ? []
      : [
          renderTable(
            ['', 'value', 'tasks'],
            summary.passAtK.map(({ k, value, tasks: over }) => [`pass@${k}`, value.toFixed(4), String(over)]),
          ),
          '',
        ]),
    summary.out,
  ].join('\n');
}

/** In one line that a terminal has room for. */
function clipped(text: string, length: number): string {
  const line = visibleLine(text).replace(/ +/g, ' ');
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
