import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estimate } from '../contracts/judge-evaluation.ts';
import { areaUnderCurve, areaWithinTasks } from './area-under-curve.ts';
import { bootstrapTasks } from './bootstrap-tasks.ts';
import { binSums, brierScore, expectedCalibrationError, reliabilityBins } from './calibration-error.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { classificationRates, confusionMatrix, rowShares } from './confusion-matrix.ts';
import { measureTable, validProbabilities, validScores } from './measure-judge.ts';
import { CONFIDENCE_THRESHOLDS } from './precision-by-confidence.ts';
import { testedTable } from './tested-table.ts';
import type { TestedVerdict } from './tested-verdict.ts';

const bit = fc.constantFrom(0, 1);
const share = fc.option(fc.integer({ min: 0, max: 100 }).map((n) => n / 100));
const verdicts = fc.array(
  fc.record({
    taskId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    truth: bit,
    label: fc.oneof({ arbitrary: bit, weight: 5 }, { arbitrary: fc.constant(null), weight: 1 }),
    score: fc.option(fc.integer({ min: -3, max: 3 })),
    probabilityCorrect: share,
    confidence: share,
  }),
  { maxLength: 60 },
) as fc.Arbitrary<TestedVerdict[]>;

/** The plain way: all verdicts of the tasks drawn, looked at one by one. */
function plainly(drawn: readonly (readonly TestedVerdict[])[]) {
  // A task that is drawn twice is two tasks.
  const judged = drawn.flatMap((task, i) => task.map((verdict) => ({ ...verdict, taskId: String(i) })));
  const matrix = confusionMatrix(judged);
  const scores = validScores(judged);
  const probabilities = validProbabilities(judged);
  const shares = Object.entries(rowShares(matrix)).map(([name, value]) => [`share ${name}`, value]);
  return {
    kappa: cohenKappa(matrix),
    ...classificationRates(matrix),
    auc: areaUnderCurve(scores),
    aucWithinTask: areaWithinTasks(scores),
    brier: brierScore(probabilities),
    ece: expectedCalibrationError(binSums(probabilities)),
    ...Object.fromEntries(shares),
    ...Object.assign({}, ...CONFIDENCE_THRESHOLDS.map((threshold) => precisionAt(judged, threshold))),
  } as Record<string, number | null>;
}

function precisionAt(judged: readonly TestedVerdict[], threshold: number): Record<string, number | null> {
  const all = judged.filter(({ label, confidence }) => label !== null && confidence !== null);
  const kept = all.filter(({ confidence }) => (confidence as number) >= threshold);
  const of = (rows: readonly TestedVerdict[], said: 0 | 1) => rows.filter(({ label }) => label === said);
  const right = (said: 0 | 1) => of(kept, said).filter(({ truth }) => truth === said).length;
  const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    [`coverage ${threshold}`]: ratio(kept.length, all.length),
    [`precisionCorrect ${threshold}`]: ratio(right(1), of(kept, 1).length),
    [`precisionWrong ${threshold}`]: ratio(right(0), of(kept, 0).length),
    [`coverageCorrect ${threshold}`]: ratio(of(kept, 1).length, of(all, 1).length),
    [`coverageWrong ${threshold}`]: ratio(of(kept, 0).length, of(all, 0).length),
  };
}

const near = ({ value, low, high }: Estimate) => {
  const [a, b, c] = [value, low, high].map((end) => (end === null ? null : expect.closeTo(end, 12)));
  return { value: a, low: b, high: c };
};

describe('measureTable', () => {
  it('has the values and intervals of looking at all verdicts of each draw again', () => {
    fc.assert(
      fc.property(verdicts, fc.nat(1000), (judged, seed) => {
        // More than are drawn side by side, and no multiple of them.
        const options = { resamples: 37, seed };
        const found = measureTable(testedTable(judged), options);
        const byTask = Map.groupBy(judged, ({ taskId }) => taskId);
        const expected = bootstrapTasks(byTask, plainly, options);
        const own: Record<string, Estimate> = {};
        for (const [name, estimate] of Object.entries(found.metrics)) {
          if (name in expected) own[name] = estimate;
        }
        for (const [name, estimate] of Object.entries(found.confusionShares)) own[`share ${name}`] = estimate;
        for (const { threshold, intervals, ...row } of found.precisionByConfidence) {
          for (const [name, interval] of Object.entries(intervals)) {
            own[`${name} ${threshold}`] = { value: row[name as keyof typeof row], ...interval };
          }
        }
        // Without any confidence there are no thresholds.
        const names = Object.keys(expected).filter((name) => name in own || expected[name]?.value !== null);
        expect(own).toEqual(
          Object.fromEntries(names.map((name) => [name, near(expected[name] as Estimate)])),
        );
        expect(found.confusion).toEqual(confusionMatrix(judged));
        const bins = reliabilityBins(binSums(validProbabilities(judged)));
        expect(found.reliability.map(({ count }) => count)).toEqual(bins.map(({ count }) => count));
      }),
    );
  });

  it('does not depend on the order of the verdicts', () => {
    fc.assert(
      fc.property(verdicts, (judged) => {
        const options = { resamples: 20, seed: 3 };
        const [found, other] = [judged, judged.toReversed()].map((rows) =>
          measureTable(testedTable(rows), options),
        );
        const estimates = Object.entries(found?.metrics ?? {}).map(([name, estimate]) => [
          name,
          near(estimate),
        ]);
        expect(other?.metrics).toEqual(Object.fromEntries(estimates));
      }),
    );
  });
});
