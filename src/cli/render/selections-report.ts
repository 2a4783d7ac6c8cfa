import type { SelectionsResult } from '../../contracts/selection-evaluation.ts';
import { comparisonTables } from './comparison-report.ts';
import { percentWithInterval } from './estimate.ts';
import { plural, renderTable, withCommas } from './table.ts';

/** What rankers chose, for people: pass@1 of each, then the comparisons. */
export function selectionsReport({
  selections,
  comparisons,
  notices,
  resamples,
  seed,
}: SelectionsResult): string {
  return [
    renderTable(
      ['', 'pass@1', 'tasks', 'draws', 'nothing chosen'],
      selections.map(({ name, passAt1, tasks, draws, empty }) => [
        name,
        percentWithInterval(passAt1),
        ...[tasks, draws, empty].map(withCommas),
      ]),
    ),
    '',
    `in brackets: 95 % intervals by bootstrap over tasks (${plural(resamples, 'resample')}, seed ${seed})`,
    ...comparisonTables(comparisons, 'draws'),
    ...(notices.length === 0 ? [] : ['', ...notices.map((notice) => `note: ${notice}`)]),
  ].join('\n');
}
