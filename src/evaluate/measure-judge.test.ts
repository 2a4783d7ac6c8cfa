import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, areaWithinTasks } from './area-under-curve.ts';
import { binSums, brierScore, expectedCalibrationError } from './calibration-error.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { classificationRates, confusionMatrix } from './confusion-matrix.ts';
import { measureJudge, measureJudgeWithIntervals, validProbabilities, validScores } from './measure-judge.ts';
import type { TestedVerdict } from './tested-verdict.ts';

const testedVerdicts = fc.array(
  fc.record({
    taskId: fc.constantFrom('a', 'b', 'c', 'd'),
    truth: fc.constantFrom(0, 1),
    label: fc.constantFrom(0, 1, null),
    score: fc.option(fc.integer({ min: -3, max: 3 })),
    probabilityCorrect: fc.option(fc.integer({ min: 0, max: 20 }).map((n) => n / 20)),
    confidence: fc.constant(null),
  }),
  { maxLength: 40 },
) as fc.Arbitrary<TestedVerdict[]>;

describe('measureJudge', () => {
  it('says the same as each metric on its own, in whatever order the verdicts come', () => {
    fc.assert(
      fc.property(testedVerdicts, (judged) => {
        const metrics = measureJudge(judged);
        const matrix = confusionMatrix(judged);
        const scores = validScores(judged);
        const probabilities = validProbabilities(judged);
        const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 12));
        expect(metrics).toMatchObject({
          candidates: judged.length,
          invalid: judged.filter(({ label }) => label === null).length,
          positives: judged.filter(({ truth }) => truth === 1).length,
          kappa: cohenKappa(matrix),
          ...classificationRates(matrix),
          auc: areaUnderCurve(scores),
          aucWithinTask: near(areaWithinTasks(scores)),
          brier: near(brierScore(probabilities)),
          ece: near(expectedCalibrationError(binSums(probabilities))),
        });
        expect(measureJudge(judged.toReversed())).toMatchObject({ kappa: metrics.kappa, auc: metrics.auc });
      }),
    );
  });

  it('knows nothing without verdicts', () => {
    const { candidates, tasks, tasksWithBothLabels, positives, invalid, ...rates } = measureJudge([]);
    expect([candidates, tasks, tasksWithBothLabels, positives, invalid]).toEqual([0, 0, 0, 0, 0]);
    expect(new Set(Object.values(rates))).toEqual(new Set([null]));
  });

  it('measures the labels of a judge that gives no probabilities', () => {
    const judged = ([1, 0] as const).map((truth) => ({
      taskId: 'a',
      truth,
      label: truth,
      score: null,
      probabilityCorrect: null,
      confidence: null,
    }));
    expect(measureJudge(judged)).toMatchObject({
      kappa: 1,
      f1: 1,
      auc: null,
      aucWithinTask: null,
      brier: null,
      ece: null,
    });
  });
});

describe('measureJudgeWithIntervals', () => {
  const judged = Array.from({ length: 300 }, (_, i) => ({
    taskId: `task ${i % 30}`,
    truth: (i % 3 === 0 ? 1 : 0) as 0 | 1,
    label: ((i * 7) % 10 < 6 ? (i % 3 === 0 ? 1 : 0) : i % 2) as 0 | 1,
    score: ((i * 37) % 100) / 10,
    probabilityCorrect: ((i * 37) % 100) / 100,
    confidence: 0.8,
  }));

  it('has the values of measureJudge, each between the ends of its interval; counts have none', () => {
    const estimates = measureJudgeWithIntervals(judged, { resamples: 200, seed: 1 });
    for (const [name, value] of Object.entries(measureJudge(judged))) {
      const estimate = estimates[name as keyof typeof estimates];
      expect(estimate.value).toBe(value);
      if (estimate.low === null) continue;
      expect(estimate.low).toBeLessThanOrEqual(value as number);
      expect(estimate.high).toBeGreaterThanOrEqual(value as number);
    }
    expect(estimates.candidates).toEqual({ value: 300, low: null, high: null });
    expect(estimates.kappa.low).not.toBeNull();
  });
});
