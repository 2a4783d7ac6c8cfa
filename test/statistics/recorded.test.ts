import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adjustPValues } from '../../src/evaluate/adjust-p-values.ts';
import { estimateOf } from '../../src/evaluate/bootstrap-tasks.ts';
import { cohenKappa } from '../../src/evaluate/cohen-kappa.ts';
import { classificationRates } from '../../src/evaluate/confusion-matrix.ts';
import { mcnemar } from '../../src/evaluate/mcnemar.ts';
import { measureJudge } from '../../src/evaluate/measure-judge.ts';
import { passAtK } from '../../src/evaluate/pass-at-k.ts';
import { taskPermutationTest } from '../../src/evaluate/task-permutation-test.ts';
import { twoSidedNormalTail } from '../../src/util/normal-tail.ts';

/** What scripts/record-statistics.py wrote. */
interface Recorded {
  readonly kappa: readonly Readonly<
    Record<'kappa' | 'accuracy' | 'precision' | 'recall' | 'specificity' | 'f1', number> & {
      counts: [number, number, number, number];
    }
  >[];
  readonly mcnemar: readonly {
    readonly counts: [number, number];
    readonly exact: number;
    readonly chiSquare: [number, number];
    readonly correctedChiSquare: [number, number];
    readonly oddsRatio: [number, number, number];
  }[];
  readonly adjusted: readonly { readonly pValues: number[]; readonly adjusted: number[] }[];
  readonly scores: readonly {
    readonly probabilities: number[];
    readonly truth: (0 | 1)[];
    readonly tasks: number[];
    readonly brier: number;
    readonly auc: number;
    readonly aucWithinTask: number;
    readonly ece: number;
  }[];
  readonly tails: readonly { readonly z: number; readonly twoSided: number; readonly chiSquare: number }[];
  readonly passAtK: readonly { readonly counts: [number, number, number]; readonly value: number }[];
  readonly permutations: readonly { readonly differences: number[]; readonly pValue: number }[];
  readonly intervals: readonly { readonly values: number[]; readonly ends: [number, number] }[];
}

const recorded = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8')) as Recorded;

/** To 1e-9 of the number itself, so that small p-values count, too. */
const same = (value: number) => ({
  asymmetricMatch: (other: unknown) =>
    typeof other === 'number' && Math.abs(other - value) <= 1e-9 * Math.min(1, Math.abs(value)) + 1e-300,
  toString: () => `${value} to 1e-9`,
});

describe('SciPy, statsmodels and scikit-learn say the same of', () => {
  it.each(recorded.kappa)('kappa and rates of $counts', ({ counts: [tp, fp, fn, tn], kappa, ...rates }) => {
    const matrix = { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn };
    expect(cohenKappa(matrix)).toEqual(same(kappa));
    const expected = Object.entries(rates).map(([name, value]) => [name, same(value as number)]);
    // Where nothing was called correct they say 0, we say nothing.
    const found = Object.entries(classificationRates(matrix)).map(([name, value]) => [name, value ?? 0]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it.each(recorded.mcnemar)('the discordant pairs $counts', ({ counts: [b, c], ...expected }) => {
    const found = mcnemar(b, c);
    const [statistic, pValue] = expected.chiSquare;
    const [corrected, correctedP] = expected.correctedChiSquare;
    const [oddsRatio, low, high] = expected.oddsRatio;
    expect(found).toMatchObject({
      exactPValue: same(expected.exact),
      chiSquare: { statistic: same(statistic), pValue: same(pValue) },
      correctedChiSquare: { statistic: same(corrected), pValue: same(correctedP) },
      ...{ oddsRatio: same(oddsRatio), low: same(low), high: same(high) },
    });
  });

  it('p-values adjusted by Benjamini and Hochberg', () => {
    for (const { pValues, adjusted } of recorded.adjusted) {
      expect(adjustPValues(pValues)).toEqual(adjusted.map(same));
    }
  });

  it.each(recorded.scores)('$probabilities.length probabilities', (expected) => {
    const judged = expected.probabilities.map((probabilityCorrect, i) => ({
      taskId: String(expected.tasks[i]),
      truth: expected.truth[i] as 0 | 1,
      label: 1 as const,
      ...{ score: probabilityCorrect, probabilityCorrect, confidence: null },
    }));
    const { brier, auc, aucWithinTask, ece } = expected;
    expect(measureJudge(judged)).toMatchObject({
      ...{ brier: same(brier), auc: same(auc), aucWithinTask: same(aucWithinTask), ece: same(ece) },
    });
  });

  it('the tails of the normal and the chi-square distribution', () => {
    for (const { z, twoSided, chiSquare } of recorded.tails) {
      expect([z, twoSidedNormalTail(z)]).toEqual([z, same(twoSided)]);
      expect([z, twoSidedNormalTail(Math.sqrt(z * z))]).toEqual([z, same(chiSquare)]);
    }
  });

  it('pass@k', () => {
    for (const { counts, value } of recorded.passAtK) {
      expect([counts, passAtK(...counts)]).toEqual([counts, same(value)]);
    }
  });

  it('permutations of signs, all of them', () => {
    for (const { differences, pValue } of recorded.permutations) {
      const tasks = new Map(differences.map((difference, i) => [`task ${i}`, difference]));
      const found = taskPermutationTest(tasks, { resamples: 2 ** differences.length, seed: 1 });
      expect(found).toEqual(same(pValue));
    }
  });

  it('percentiles', () => {
    for (const { values, ends } of recorded.intervals) {
      const [low, high] = ends;
      const found = estimateOf(0, values, values.length);
      expect(found).toEqual({ value: 0, low: same(low), high: same(high) });
    }
  });
});
