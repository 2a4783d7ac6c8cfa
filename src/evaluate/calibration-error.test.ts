import { describe, expect, it } from 'vitest';
import { binSums, brierScore, expectedCalibrationError, reliabilityBins } from './calibration-error.ts';

const TRUTHS = [1, 1, 1, 0, 1, 0, 1, 0, 0, 0] as const;
const candidates = TRUTHS.map((truth, i) => ({ truth, score: (95 - 10 * i) / 100 }));

describe('brierScore', () => {
  it('is the mean squared difference', () => {
    expect(brierScore(candidates)).toBeCloseTo(0.1425, 12);
    expect(brierScore([{ truth: 1, score: 1 }])).toBe(0);
    expect(brierScore([])).toBeNull();
  });
});

describe('expectedCalibrationError', () => {
  it.each([
    [2, 0.05],
    [5, 0.12],
    [10, 0.31],
  ])('with %i bins is %f', (bins, error) => {
    expect(expectedCalibrationError(binSums(candidates, bins))).toBeCloseTo(error, 12);
  });

  it('is 0 for a judge that always says the base rate, null without candidates', () => {
    const sums = binSums(TRUTHS.map((truth) => ({ truth, score: 0.5 })));
    expect(expectedCalibrationError(sums)).toBe(0);
    expect(expectedCalibrationError(binSums([]))).toBeNull();
  });
});

describe('reliabilityBins', () => {
  it('puts 1 into the last bin, a boundary into the upper one, and knows nothing of an empty one', () => {
    const bins = reliabilityBins(
      binSums(
        [
          { truth: 1, score: 1 },
          { truth: 0, score: 0.5 },
          { truth: 1, score: 0.75 },
        ],
        4,
      ),
    );
    expect(bins.map(({ count }) => count)).toEqual([0, 0, 1, 2]);
    expect(bins[0]).toEqual({ from: 0, to: 0.25, count: 0, meanProbability: null, shareCorrect: null });
    expect(bins[3]).toEqual({ from: 0.75, to: 1, count: 2, meanProbability: 0.875, shareCorrect: 1 });
  });

  it('refuses what is no probability', () => {
    expect(() => binSums([{ truth: 1, score: -0.1 }])).toThrow(RangeError);
    expect(() => binSums([{ truth: 1, score: Number.NaN }])).toThrow(RangeError);
  });
});
