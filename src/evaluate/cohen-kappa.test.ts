import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfusionMatrix } from '../contracts/judge-evaluation.ts';
import { cohenKappa, kappaBand } from './cohen-kappa.ts';
import { classificationRates, confusionMatrix, rowShares } from './confusion-matrix.ts';

const matrixOf = (tp: number, fp: number, fn: number, tn: number): ConfusionMatrix => ({
  truePositives: tp,
  falsePositives: fp,
  falseNegatives: fn,
  trueNegatives: tn,
});

const matrices = fc
  .tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50))
  .map((counts) => matrixOf(...counts));

describe('cohenKappa', () => {
  it('is (po - pe) / (1 - pe)', () => {
    const matrix = matrixOf(20, 5, 10, 15);
    expect(classificationRates(matrix).accuracy).toBeCloseTo(0.7, 12);
    expect(cohenKappa(matrix)).toBeCloseTo(0.4, 12);
  });

  it.each([
    [0.84, 0.77, 0.551],
    [0.78, 0.64, 0.357],
  ])('with 30 %% correct, recall %f and specificity %f it is %f', (recall, specificity, kappa) => {
    const [correct, wrong] = [3000, 7000];
    const matrix = matrixOf(
      correct * recall,
      wrong * (1 - specificity),
      correct * (1 - recall),
      wrong * specificity,
    );
    expect(cohenKappa(matrix)).toBeCloseTo(kappa, 3);
  });

  it('is null without verdicts, and when judge and tests always say the same one thing', () => {
    expect(cohenKappa(matrixOf(0, 0, 0, 0))).toBeNull();
    expect(cohenKappa(matrixOf(7, 0, 0, 0))).toBeNull();
    expect(cohenKappa(matrixOf(0, 0, 0, 7))).toBeNull();
    expect(cohenKappa(matrixOf(0, 7, 0, 0))).toBe(0);
  });

  it('does not depend on who judges whom, nor on which label is the positive one', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = matrix;
        const kappa = cohenKappa(matrix);
        expect(cohenKappa(matrixOf(tp, fn, fp, tn))).toBe(kappa);
        expect(cohenKappa(matrixOf(tn, fn, fp, tp))).toBe(kappa);
        if (kappa !== null) expect(Math.abs(kappa)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('kappaBand', () => {
  it.each([
    [-0.3, 'chance'],
    [0.099, 'chance'],
    [0.1, 'weak'],
    [0.2, 'weak'],
    [0.21, 'fair'],
    [0.4, 'fair'],
    [0.6, 'moderate'],
    [0.8, 'substantial'],
    [0.99, 'near-perfect'],
    [0.9999, 'near-perfect'],
    [1, 'perfect'],
  ])('%f is %s', (kappa, band) => {
    expect(kappaBand(kappa)).toBe(band);
  });
});

describe('confusion matrix', () => {
  it('counts by truth and label, without the invalid ones', () => {
    const matrix = confusionMatrix([
      { truth: 1, label: 1 },
      { truth: 1, label: 0 },
      { truth: 0, label: 1 },
      { truth: 0, label: 0 },
      { truth: 0, label: 0 },
      { truth: 1, label: null },
    ]);
    expect(matrix).toEqual(matrixOf(1, 1, 1, 2));
    expect(rowShares(matrix)).toEqual({
      truePositives: 0.5,
      falseNegatives: 0.5,
      falsePositives: expect.closeTo(1 / 3, 12),
      trueNegatives: expect.closeTo(2 / 3, 12),
    });
  });

  it('has null where nothing can be divided', () => {
    expect(rowShares(matrixOf(0, 1, 0, 1))).toMatchObject({ truePositives: null, falseNegatives: null });
    expect(classificationRates(matrixOf(0, 0, 0, 4))).toEqual({
      accuracy: 1,
      precision: null,
      recall: null,
      specificity: 1,
      f1: null,
    });
    expect(classificationRates(matrixOf(0, 0, 3, 1))).toMatchObject({ precision: null, recall: 0, f1: 0 });
    expect(Object.values(classificationRates(matrixOf(0, 0, 0, 0)))).toEqual(new Array(5).fill(null));
  });

  it('has an F1 that is the harmonic mean of precision and recall', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const { precision, recall, f1 } = classificationRates(matrix);
        if (precision === null || recall === null || precision + recall === 0) return;
        expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
      }),
    );
  });
});
