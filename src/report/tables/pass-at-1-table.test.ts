import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { choicesTable } from './choices-table.ts';
import { passAt1Table } from './pass-at-1-table.ts';

const report = studyDocument();

it('has the ways of choosing in the order of the paper, a column for each number of candidates', () => {
  const table = passAt1Table(report);
  expect(table.columns.map(({ key }) => key)).toEqual(['generator', 'way', 'kind', 'n_2', 'n_5', 'n_10']);
  expect(
    tableRows(table)
      .slice(0, 8)
      .map(({ way, kind }) => [way, kind]),
  ).toEqual([
    ['team of tuned', 'team of 1'],
    ['team of tuned + shots', 'team of 2'],
    ['multiplicity', 'ranker'],
    ['random (samples)', 'expectation'],
    ['single candidate', 'expectation'],
    ['big', 'larger model'],
    ['oracle', 'ceiling'],
    ['pass@n', 'ceiling'],
  ]);
});

it('has the larger model at every number of candidates, which it does not depend on', () => {
  const big = tableRows(passAt1Table(report)).find(({ way }) => way === 'big');
  expect(new Set([big?.n_2, big?.n_5, big?.n_10])).toEqual(
    new Set([report.generators[0]?.evaluation.large[0]?.passAt1]),
  );
});

it('shows ties of what was chosen by scores', () => {
  const rows = tableRows(choicesTable(report));
  expect(rows[0]).toMatchObject({ way: 'team of tuned', tied_2: 0.02, tied_5: 0.05, tied_10: 0.1 });
  expect(rows.map(({ way }) => way)).not.toContain('big');
});
