import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { tableRows } from '../../../test/support/table-rows.ts';
import { confusionTable } from './confusion-table.ts';
import { judgesTable } from './judges-table.ts';
import { precisionTable } from './precision-table.ts';
import { reliabilityTable } from './reliability-table.ts';

const report = studyDocument();
const [zero] = report.generators[0]?.evaluation.judges ?? [];

it('shows every metric of a judge, kappa with what it is called', () => {
  const table = judgesTable(report);
  expect(tableRows(table)[0]).toMatchObject({
    ...{ generator: 'small_1b', judge: 'zero', setting: 'zero-shot', method: 'zero-shot' },
    ...{ candidates: 300, positives: 80, invalid: 1, tasks: 40, tasks_with_both_labels: 28 },
    ...{ kappa: zero?.metrics.kappa, agreement: 'weak', auc_within_task: zero?.metrics.aucWithinTask },
    ...{ brier: zero?.metrics.brier, ece: zero?.metrics.ece, constant: 'no' },
  });
  expect(table.caption).toContain('1,000 resamples, seed 7');
  expect(table.caption).toContain('small_1b (40 tasks, 400 samples, 300 distinct candidates)');
});

it('divides what a judge says by the size of each true class', () => {
  expect(tableRows(confusionTable(report)).slice(0, 2)).toMatchObject([
    {
      ...{
        judge: 'zero',
        truth: 'correct',
        verdicts: 80,
        says_correct_verdicts: 50,
        says_wrong_verdicts: 30,
      },
      ...{ says_correct: { value: 0.625 }, says_wrong: { value: 0.375 } },
    },
    {
      ...{ judge: 'zero', truth: 'wrong', verdicts: 219, says_correct_verdicts: 100 },
      ...{ says_correct: { value: 100 / 219 }, says_wrong: { value: 119 / 219 } },
    },
  ]);
});

it('has all 29 thresholds of each judge, with intervals', () => {
  const rows = tableRows(precisionTable(report));
  expect(rows).toHaveLength(2 * 3 * 29);
  expect(rows[28]).toMatchObject({
    ...{ confidence: 1, kept_wrong: 0, precision_wrong: { value: null, low: null, high: null } },
    ...{ precision_correct: { value: 0.9375, low: 0.375, high: 1 } },
  });
});

it('leaves out bins without candidates', () => {
  const rows = tableRows(reliabilityTable(report)).filter(({ judge }) => judge === 'zero');
  expect(rows.slice(0, 2).map(({ from, candidates }) => [from, candidates])).toEqual([
    [0, 200],
    [0.9, 99],
  ]);
});
