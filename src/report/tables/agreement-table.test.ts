import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { agreementTable } from './agreement-table.ts';

const report = studyDocument();

it('shows equal verdicts, and mistakes that are shared', () => {
  const [row] = tableRows(agreementTable(report));
  expect(row).toMatchObject({
    ...{ first: 'zero', second: 'shots', candidates: 299, agreed: 151 / 299 },
    ...{ both_correct: 31 / 299, both_wrong: 120 / 299, both_mistaken: 21 / 299 },
  });
  // Of 299: both right 130, only the first 39, only the second 109, neither 21.
  expect(row?.both_mistaken_by_chance).toBeCloseTo((130 / 299) * (60 / 299), 12);
});

it('does not know of shared mistakes where the two are not compared', () => {
  const generators = report.generators.map((generator) => ({
    ...generator,
    evaluation: { ...generator.evaluation, judgeComparisons: [] },
  }));
  expect(tableRows(agreementTable({ ...report, generators }))[0]).toMatchObject({
    ...{ agreed: 151 / 299, both_mistaken: null, both_mistaken_by_chance: null },
  });
});
