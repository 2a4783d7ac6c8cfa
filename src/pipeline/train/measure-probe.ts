import type { Probe } from '../../contracts/probe.ts';
import { measureJudgeWithIntervals } from '../../evaluate/measure-judge.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { readProbeAnswer } from '../../judge/probe-strategy.ts';
import { calibrateJudge, scaleProbabilities } from '../evaluate/calibrate-judge.ts';
import { calibrationWarnings } from '../evaluate/calibration-warnings.ts';
import { type MeasuredJudge, RESAMPLES } from './measure-trained.ts';
import type { RowsWithEvidence } from './read-probe-rows.ts';

/**
 * Calibration and metrics of a probe on validation candidates. Probabilities are measured after Platt scaling, as they are
 * used: a probe's own are moved so that its label changes at one half.
 */
export function measureProbe(
  name: string,
  probe: Probe,
  { rows, states, likelihoods }: RowsWithEvidence,
  seed: number,
): MeasuredJudge {
  const tested = rows.map(({ task, label: truth }, row): TestedVerdict => {
    const { mean, last } = states[row] as (typeof states)[number];
    const answer = readProbeAnswer(probe, { mean, last, likelihood: likelihoods?.values[row] ?? null });
    return { taskId: task.id, truth, score: answer.probabilityCorrect, ...answer };
  });
  const calibration = calibrateJudge(tested);
  return {
    ...calibration,
    metrics: measureJudgeWithIntervals(scaleProbabilities(tested, calibration.platt), {
      resamples: RESAMPLES,
      seed,
    }),
    warnings: calibrationWarnings(name, tested, calibration),
  };
}
