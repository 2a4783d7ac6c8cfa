import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  CONFIDENCE_THRESHOLDS,
  precisionByConfidence,
  thresholdsReached,
} from './precision-by-confidence.ts';

it('has the 29 thresholds of the paper, each the number it is written as', () => {
  expect(CONFIDENCE_THRESHOLDS).toHaveLength(29);
  expect(CONFIDENCE_THRESHOLDS.slice(0, 10)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.81]);
  expect(CONFIDENCE_THRESHOLDS.slice(17, 19)).toEqual([0.89, 0.9]);
  expect(CONFIDENCE_THRESHOLDS.at(-1)).toBe(1);
});

it('counts the thresholds that a confidence reaches', () => {
  const linear = (confidence: number) => CONFIDENCE_THRESHOLDS.filter((threshold) => confidence >= threshold);
  expect([-1, 0, 0.05, 0.8, 0.805, 0.81, 0.999, 1].map((c) => thresholdsReached(c))).toEqual([
    ...[0, 1, 1, 9, 9, 10, 28, 29],
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), (thousandths) => {
      expect(thresholdsReached(thousandths / 1000)).toBe(linear(thousandths / 1000).length);
    }),
  );
});

it('keeps verdicts that reach the threshold, and judges each label on its own', () => {
  const thresholds = [0, 0.6, 0.9, 1];
  const judged = [
    { label: 1, right: true, confidence: 0.9 },
    { label: 1, right: false, confidence: 0.95 },
    { label: 0, right: true, confidence: 0.6 },
    { label: 0, right: false, confidence: 0.4 },
  ];
  const reached = (place: number, label: 0 | 1) => {
    const own = judged.filter(
      (verdict) => verdict.label === label && thresholdsReached(verdict.confidence, thresholds) - 1 === place,
    );
    return { count: own.length, right: own.filter(({ right }) => right).length };
  };
  const rows = precisionByConfidence({ correct: 2, wrong: 2 }, reached, thresholds);
  const shares = rows.map((row) => [
    ...[row.threshold, row.kept, row.coverage, row.keptCorrect, row.precisionCorrect, row.coverageCorrect],
    ...[row.keptWrong, row.precisionWrong, row.coverageWrong],
  ]);
  expect(shares).toEqual([
    [0, 4, 1, 2, 0.5, 1, 2, 0.5, 1],
    [0.6, 3, 0.75, 2, 0.5, 1, 1, 1, 0.5],
    [0.9, 2, 0.5, 2, 0.5, 1, 0, null, 0],
    [1, 0, 0, 0, null, 0, 0, null, 0],
  ]);
  expect(precisionByConfidence({ correct: 0, wrong: 0 }, reached)).toEqual([]);
});
