import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { agreementTable } from './agreement-table.ts';

it('counts equal verdicts, and mistakes that are shared', () => {
  const [row] = tableRows(agreementTable(studyDocument()));
  // Of 299: both right 130, only the first 39, only the second 110, neither 20.
  expect(row).toMatchObject({ candidates: 299, agreement: 150 / 299, both_wrong: 20 / 299 });
  expect(row?.both_wrong_expected).toBeCloseTo((130 / 299) * (59 / 299), 12);
});
