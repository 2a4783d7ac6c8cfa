import { PERMUTATIONS } from '../../contracts/comparison.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { withCommas } from '../with-commas.ts';
import { buildTable } from './build-table.ts';
import { drawnHow, intervalsHow } from './caption-parts.ts';

/** Each team and ranker against what chance and a single candidate come to. */
export function expectationComparisonsTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'expectation-comparisons',
      title: 'Ways of choosing against chance and a single candidate',
      caption:
        `pass@1 of what is chosen, measured, minus the exact expectation. p over tasks: two-sided, by permutation over tasks (${withCommas(PERMUTATIONS)}); adjusted: Benjamini and Hochberg, over all comparisons of this table on candidates of the same writer. McNemar has no place ` +
        `here: an expectation is not right or wrong. ${drawnHow(report)} ${intervalsHow(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['n', 'samples a draw', 'count', ({ row }) => row.n],
      ['first', 'chosen by', 'text', ({ row }) => row.ranker],
      ['second', 'expectation', 'text', ({ row }) => row.baseline],
      ['difference', 'difference', 'share', ({ row }) => row.difference],
      ['p', 'p over tasks', 'p-value', ({ row }) => row.pValue],
      ['p_adjusted', 'adjusted', 'p-value', ({ row }) => row.adjusted],
    ],
    report.generators.flatMap(({ name: generator, choices }) => {
      const exact = new Set(choices.rows.filter(({ kind }) => kind === 'exact').map(({ name }) => name));
      return choices.comparisons
        .filter(({ baseline }) => exact.has(baseline))
        .map((row) => ({ generator, row }));
    }),
  );
}
