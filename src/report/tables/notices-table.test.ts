import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { noticesTable } from './notices-table.ts';

it('says of what each notice is, and which tasks cannot be trusted', () => {
  expect(tableRows(noticesTable(studyDocument())).slice(0, 2)).toEqual([
    { about: 'candidates of pool', notice: 'python/clamp: its own solution does not pass its tests' },
    {
      about: 'statistics of small_1b',
      notice: 'zero: 20 of 320 verdicts left out, nothing to judge in the sample',
    },
  ]);
});
