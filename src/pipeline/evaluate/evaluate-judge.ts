import type { JudgeEvaluation } from '../../contracts/judge-evaluation.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { reliabilityBins } from '../../evaluate/calibration-error.ts';
import { kappaBand } from '../../evaluate/cohen-kappa.ts';
import { confusionMatrix, rowShares } from '../../evaluate/confusion-matrix.ts';
import { measureJudgeWithIntervals, validProbabilities } from '../../evaluate/measure-judge.ts';
import { precisionByConfidence } from '../../evaluate/precision-by-confidence.ts';
import { summariseLabelMass } from '../../judge/calibration/label-mass.ts';
import { diagnoseJudge } from '../../judge/diagnose-judge.ts';
import { type Calibration, scaleProbabilities } from './calibrate-judge.ts';
import type { Collected } from './collect-verdicts.ts';

/**
 * Everything that is measured of one judge.
 *
 * @param calibration probabilities are measured as they are after its Platt scaling; null = as the judge gives them
 * @param labelled how many candidates have a label
 */
export function evaluateJudge(
  judge: string,
  collected: Collected,
  calibration: Calibration | null,
  labelled: number,
  options: BootstrapOptions,
): JudgeEvaluation {
  const { tested, verdicts, withoutLabel, repeated, rejected, byNumber, correctBelowHalf, covered } =
    collected;
  const scaled = scaleProbabilities(tested, calibration?.platt ?? null);
  const metrics = measureJudgeWithIntervals(scaled, options);
  const confusion = confusionMatrix(tested);
  return {
    judge,
    verdicts,
    withoutLabel,
    repeated,
    rejected,
    byNumber,
    correctBelowHalf,
    notJudged: labelled - covered.size,
    calibration:
      calibration === null
        ? null
        : { platt: calibration.platt, confidenceBounds: calibration.confidenceBounds },
    constant: diagnoseJudge(tested).constant,
    metrics,
    agreement: metrics.kappa.value === null ? null : kappaBand(metrics.kappa.value),
    confusion,
    confusionShares: rowShares(confusion),
    precisionByConfidence: precisionByConfidence(tested),
    reliability: reliabilityBins(validProbabilities(scaled)),
    labelMass: summariseLabelMass(tested),
  };
}
