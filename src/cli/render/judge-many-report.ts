import type { JudgeManyResult } from '../../contracts/judge-many-result.ts';
import { judgeWarnings } from './judge-warnings.ts';
import { plural, renderTable, withCommas } from './table.ts';

/** What judging many tasks came to, for people: how much was judged, and what each judge said in all. */
export function judgeManyReport(result: JudgeManyResult): string {
  const { judges, out, lines, candidates, tasks, rejectedLines, reused, notices, durationMs } = result;
  const rows = judges.map(({ name, method, valid, invalid, correct }) => [
    name,
    method,
    withCommas(valid + invalid),
    valid === 0 ? 'none valid' : `${withCommas(correct)} (${((100 * correct) / valid).toFixed(1)} %)`,
    withCommas(invalid),
  ]);
  return [
    `${plural(lines, 'line')}, ${plural(candidates, 'distinct candidate')} of ${plural(tasks, 'task')}, in ${(durationMs / 1000).toFixed(1)} s` +
      (reused === 0 ? '' : `; ${plural(reused, 'verdict')} were on record`),
    renderTable(['judge', 'method', 'verdicts', 'says correct', 'invalid'], rows),
    ...(rejectedLines === 0
      ? []
      : [`note: ${plural(rejectedLines, 'line')} without a function to judge have no verdict`]),
    ...judgeWarnings(judges),
    ...notices.map((notice) => `note: ${notice}`),
    `written to ${out}`,
  ].join('\n');
}
