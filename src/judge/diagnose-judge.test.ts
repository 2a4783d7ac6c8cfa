import { describe, expect, it } from 'vitest';
import { diagnoseJudge } from './diagnose-judge.ts';

const verdicts = (ones: number, zeros: number, invalid = 0) =>
  [...Array(ones).fill(1), ...Array(zeros).fill(0), ...Array(invalid).fill(null)].map((label) => ({
    label: label as 0 | 1 | null,
  }));

describe('diagnoseJudge', () => {
  it('says nothing about fewer than 50 valid verdicts', () => {
    expect(diagnoseJudge(verdicts(49, 0, 10))).toEqual({ valid: 49, invalid: 10, constant: null });
  });

  it('flags one label in over 98 % of at least 50', () => {
    expect(diagnoseJudge(verdicts(50, 0)).constant).toBe(true);
    expect(diagnoseJudge(verdicts(0, 99, 5)).constant).toBe(true);
    expect(diagnoseJudge(verdicts(98, 2)).constant).toBe(false);
    expect(diagnoseJudge(verdicts(99, 1)).constant).toBe(true);
  });
});
