import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { noticesTable } from './notices-table.ts';

it('says of what each notice is, and which tasks cannot be trusted', () => {
  expect(tableRows(noticesTable(studyDocument())).slice(0, 6)).toEqual([
    { about: 'tuned', notice: 'trained on 3 of the 40 tasks: what is shown flatters it' },
    { about: 'team of tuned', notice: 'trained on 3 of the 40 tasks: what is shown flatters it' },
    {
      about: 'team of tuned',
      notice: 'chosen and calibrated by 2 of the 40 tasks: what is shown may flatter it a little',
    },
    {
      about: 'judge:other',
      notice: 'whether it learned from these tasks is not known',
    },
    { about: 'candidates of pool', notice: 'python/clamp: its own solution does not pass its tests' },
    {
      about: 'statistics of small_1b',
      notice: 'zero: 20 of 320 verdicts left out, nothing to judge in the sample',
    },
  ]);
});
