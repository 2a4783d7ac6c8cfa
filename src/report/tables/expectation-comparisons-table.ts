import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { drawnHow } from './caption-parts.ts';

/** Each team and ranker against what chance and a single candidate come to. */
export function expectationComparisonsTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'expectation-comparisons',
      title: 'Ways of choosing against chance and a single candidate',
      caption:
        'pass@1 of what is chosen, measured, minus the exact expectation. p over tasks: two-sided, by permutation over tasks, not adjusted. McNemar has no place ' +
        `here: an expectation is not right or wrong. ${drawnHow(report)} In brackets 95 % intervals by bootstrap over tasks, seed ${report.config.seed}.`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['n', 'samples a draw', 'count', ({ row }) => row.n],
      ['first', 'chosen by', 'text', ({ row }) => row.ranker],
      ['second', 'expectation', 'text', ({ row }) => row.baseline],
      ['difference', 'difference', 'share', ({ row }) => row.difference],
      ['p', 'p over tasks', 'p-value', ({ row }) => row.pValue],
    ],
    report.generators.flatMap(({ name: generator, choices }) => {
      const exact = new Set(choices.rows.filter(({ kind }) => kind === 'exact').map(({ name }) => name));
      return choices.comparisons
        .filter(({ baseline }) => exact.has(baseline))
        .map((row) => ({ generator, row }));
    }),
  );
}
