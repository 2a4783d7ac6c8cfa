import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { choiceComparisonsTable } from './choice-comparisons-table.ts';
import { expectationComparisonsTable } from './expectation-comparisons-table.ts';
import { judgeComparisonsTable } from './judge-comparisons-table.ts';
import { largeComparisonsTable } from './large-comparisons-table.ts';

const report = studyDocument();

it('says which form of McNemar it is, and where ½ was added', () => {
  const table = judgeComparisonsTable(report);
  const rows = tableRows(table).slice(0, 3);
  expect(rows).toMatchObject([
    {
      first: 'zero',
      second: 'shots',
      mcnemar_form: 'chi-square',
      haldane: 'no',
      only_first: 39,
      only_second: 109,
    },
    { first: 'zero', second: 'tuned', mcnemar_form: 'chi-square', haldane: 'no' },
    { first: 'shots', second: 'tuned', mcnemar_form: 'exact', haldane: 'yes', mcnemar_chi_square: null },
  ]);
  // (|39 - 109| - 1)² / 148
  expect(rows[0]?.mcnemar_chi_square).toBeCloseTo(4761 / 148, 9);
  expect(rows[2]?.odds_ratio).toMatchObject({ value: 0.5 / 20.5 });
  expect(table.caption).toContain('candidates of the same writer (3)');
});

it('names rankers without file and size, and puts small draws first', () => {
  const table = choiceComparisonsTable(report);
  expect(tableRows(table).map(({ generator, n, first, second }) => [generator, n, first, second])).toEqual([
    ['small_1b', 2, 'multiplicity', 'team of tuned'],
    ['small_1b', 5, 'multiplicity', 'team of tuned'],
    ['pool', 2, 'multiplicity', 'team of tuned'],
    ['pool', 5, 'multiplicity', 'team of tuned'],
  ]);
  expect(table.columns.map(({ key }) => key)).not.toContain('kappa_difference');
});

it('puts teams before rankers against larger models', () => {
  expect(tableRows(largeComparisonsTable(report)).map(({ first }) => first)).toEqual([
    ...['team of tuned', 'multiplicity', 'team of tuned', 'multiplicity'],
  ]);
});

it('compares with expectations alone where other rankers are compared draw by draw', () => {
  expect(tableRows(expectationComparisonsTable(report)).map(({ second }) => second)).toEqual([
    'single candidate',
    'single candidate',
  ]);
});
