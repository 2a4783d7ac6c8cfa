import { describe, expect, it } from 'vitest';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { calibrateJudge } from './calibrate-judge.ts';
import { calibrationWarnings } from './calibration-warnings.ts';

const verdict = (index: number, truth: 0 | 1, score: number, label: 0 | 1 | null): TestedVerdict => ({
  taskId: `t${index}`,
  truth,
  label,
  score,
  probabilityCorrect: score,
  confidence: score,
});

/** So many of each truth, right more often than not. */
const judged = (each: number) =>
  Array.from({ length: 2 * each }, (_, index) => {
    const truth = index % 2 === 0 ? 1 : 0;
    const score = index % 6 < 4 ? 0.2 + 0.6 * truth : 0.5;
    return verdict(index, truth, score, score > 0.5 ? 1 : 0);
  });

const warnings = (tested: readonly TestedVerdict[]) =>
  calibrationWarnings('j', tested, calibrateJudge(tested));

describe('calibrationWarnings', () => {
  it('says nothing of a judge that answered enough of each kind', () => {
    expect(warnings(judged(20))).toEqual([]);
    expect(warnings([])).toEqual([]);
  });

  it('says on how few Platt scaling is fitted, and how many it takes', () => {
    const few = judged(19);
    expect(warnings(few)).toEqual([
      expect.stringMatching(/about 19 correct and 19 wrong .* fewer than 20 of each/),
    ]);
    // Invalid answers are none.
    const invalid = judged(20).map((one, index) => (index === 0 ? { ...one, label: null } : one));
    expect(warnings(invalid)).toEqual([expect.stringContaining('about 19 correct and 20 wrong')]);
  });

  it('tells why there is no scaling', () => {
    expect(warnings(judged(30).filter(({ truth }) => truth === 1))).toEqual([
      expect.stringMatching(/30 correct and 0 wrong .*both kinds.*not calibrated/),
    ]);
    expect(warnings(judged(30).map((one) => ({ ...one, score: 1 - (one.score ?? 0) })))).toEqual([
      expect.stringContaining('higher for wrong candidates'),
    ]);
  });

  it('tells that a judge never answers', () => {
    expect(warnings(judged(30).map((one) => ({ ...one, label: null })))).toEqual([
      expect.stringContaining('only invalid answers to the 60 candidates'),
    ]);
  });
});
