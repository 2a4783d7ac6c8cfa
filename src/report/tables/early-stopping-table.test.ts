import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { abstentionTable } from './abstention-table.ts';
import { earlyStoppingTable } from './early-stopping-table.ts';
import { escalationTable } from './escalation-table.ts';
import { frontierTable } from './frontier-table.ts';

const report = studyDocument();

it('says where no setting is within the limits, and shows the nearest', () => {
  const table = earlyStoppingTable(report);
  expect(tableRows(table).slice(0, 2)).toMatchObject([
    { rule: 'first score at least', within_limits: 'yes', setting: 0.75, samples: { value: 0.4375 } },
    { rule: 'samples, all judged', within_limits: 'no', setting: 0.75, difference: { value: -0.0078125 } },
  ]);
  expect(table.caption).toContain('at most 50 % of the samples and lose at most 1 point of');
});

it('has no setting where none takes few enough samples', () => {
  const [first] = report.generators;
  const [replay] = first?.evaluation.replays ?? [];
  const [rule] = replay?.rules ?? [];
  if (first === undefined || replay === undefined || rule === undefined) throw new Error('nothing replayed');
  const replays = [{ ...replay, rules: [{ ...rule, cheapest: null, nearest: null }] }];
  const generators = [{ ...first, evaluation: { ...first.evaluation, replays } }];
  expect(tableRows(earlyStoppingTable({ ...report, generators }))).toMatchObject([
    { within_limits: 'no', setting: null, samples: null, difference: null },
  ]);
});

it('has each point of each rule', () => {
  expect(tableRows(frontierTable(report)).slice(0, 2)).toMatchObject([
    { rule: 'first score at least', setting: 0.75, samples: 4.5, judgements: 3.25, pass_at_1: 0.375 },
    { rule: 'samples, all judged', setting: 4 },
  ]);
});

it('shows four shares answered, none that cannot be', () => {
  expect(tableRows(abstentionTable(report))[0]).toMatchObject({
    ...{ area: 0.6875, chance_area: 0.5, best_area: 0.84375, most_answered: 0.875 },
    ...{ answered_25: 0.75, answered_50: 0.75, answered_100: null },
  });
});

it('shows five shares sent, beside as many at random', () => {
  const rows = tableRows(escalationTable(report)).slice(0, 5);
  expect(rows.map(({ share }) => share)).toEqual([0, 0.1, 0.25, 0.5, 1]);
  expect(rows[2]).toMatchObject({ pass_at_1: 0.453125, random_pass_at_1: 0.4140625, difference: 0.0390625 });
});
