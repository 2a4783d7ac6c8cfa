import { expect, it } from 'vitest';
import type { JudgeRecord } from '../../contracts/judge-result.ts';
import { judgeWarnings } from './judge-warnings.ts';

const record: JudgeRecord = {
  name: 'j',
  method: 'verdict',
  template: 't',
  valid: 60,
  invalid: 0,
  constant: null,
};

it('says what makes answers invalid by the method, and when a judge always says the same', () => {
  expect(judgeWarnings([record])).toEqual([]);
  expect(judgeWarnings([{ ...record, invalid: 1 }])).toEqual([
    'warning: j gave 1 invalid answer of 61 (label mass below 0.5)',
  ]);
  expect(judgeWarnings([{ ...record, method: 'fault-list', invalid: 2 }])).toEqual([
    'warning: j gave 2 invalid answers of 62 (no list of faults)',
  ]);
  expect(judgeWarnings([{ ...record, constant: true }])).toEqual([
    'warning: j gives the same label to nearly every candidate; its verdicts say little',
  ]);
});
