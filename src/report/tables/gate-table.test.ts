import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { gateTable } from './gate-table.ts';

it('shows what the gate changes of each way of choosing, and what it saves', () => {
  expect(tableRows(gateTable(studyDocument())).slice(0, 2)).toMatchObject([
    { way: 'random', n: 10, candidates: 300, removed: 45, removed_share: 0.15, difference: 0.0625 },
    { way: 'team of tuned', without: { value: 0.40625 }, with: { value: 0.40625 }, difference: 0 },
  ]);
});
