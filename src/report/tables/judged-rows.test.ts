import { expect, it } from 'vitest';
import { studyDocument } from '../../../test/support/study-document.ts';
import { judgedRows } from './judged-rows.ts';

const report = studyDocument();

it('puts judges in the order of their settings, generator by generator', () => {
  expect(judgedRows(report).map(({ generator, judge }) => `${generator} ${judge.judge}`)).toEqual([
    ...['small_1b zero', 'small_1b shots', 'small_1b tuned', 'pool zero', 'pool shots', 'pool tuned'],
  ]);
  const swapped = report.judges.map((judge) =>
    judge.name === 'zero' ? { ...judge, setting: 'other' as const } : judge,
  );
  expect(judgedRows({ ...report, judges: swapped }).map(({ judge }) => judge.judge)).toEqual([
    ...['shots', 'tuned', 'zero', 'shots', 'tuned', 'zero'],
  ]);
});

it('keeps a judge of which nothing is known, last', () => {
  const rows = judgedRows({ ...report, judges: report.judges.filter(({ name }) => name !== 'zero') });
  expect(rows.slice(0, 3).map(({ judge, facts }) => [judge.judge, facts?.setting ?? null])).toEqual([
    ['shots', 'few-shot'],
    ['tuned', 'fine-tuned'],
    ['zero', null],
  ]);
});
