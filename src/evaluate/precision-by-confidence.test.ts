import { expect, it } from 'vitest';
import { CONFIDENCE_THRESHOLDS, precisionByConfidence } from './precision-by-confidence.ts';

it('has the 29 thresholds of the paper, each the number it is written as', () => {
  expect(CONFIDENCE_THRESHOLDS).toHaveLength(29);
  expect(CONFIDENCE_THRESHOLDS.slice(0, 10)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.81]);
  expect(CONFIDENCE_THRESHOLDS.slice(17, 19)).toEqual([0.89, 0.9]);
  expect(CONFIDENCE_THRESHOLDS.at(-1)).toBe(1);
});

it('keeps verdicts that reach the threshold, and judges each label on its own', () => {
  const judged = [
    { truth: 1, label: 1, confidence: 0.9 },
    { truth: 0, label: 1, confidence: 0.95 },
    { truth: 0, label: 0, confidence: 0.6 },
    { truth: 1, label: 0, confidence: 0.4 },
    { truth: 1, label: null, confidence: 0.99 },
    { truth: 1, label: 1, confidence: null },
  ] as const;
  expect(precisionByConfidence(judged, [0, 0.6, 0.9, 1])).toEqual([
    {
      threshold: 0,
      kept: 4,
      coverage: 1,
      keptCorrect: 2,
      keptWrong: 2,
      precisionCorrect: 0.5,
      precisionWrong: 0.5,
    },
    {
      threshold: 0.6,
      kept: 3,
      coverage: 0.75,
      keptCorrect: 2,
      keptWrong: 1,
      precisionCorrect: 0.5,
      precisionWrong: 1,
    },
    {
      threshold: 0.9,
      kept: 2,
      coverage: 0.5,
      keptCorrect: 2,
      keptWrong: 0,
      precisionCorrect: 0.5,
      precisionWrong: null,
    },
    {
      threshold: 1,
      kept: 0,
      coverage: 0,
      keptCorrect: 0,
      keptWrong: 0,
      precisionCorrect: null,
      precisionWrong: null,
    },
  ]);
  expect(precisionByConfidence([{ truth: 1, label: null, confidence: 1 }])).toEqual([]);
});
