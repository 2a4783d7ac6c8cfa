import { setImmediate } from 'node:timers/promises';
import type { JudgeEvaluation } from '../../contracts/judge-evaluation.ts';
import { throwIfAborted } from '../../errors.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { kappaBand } from '../../evaluate/cohen-kappa.ts';
import { measureTableInSteps } from '../../evaluate/measure-judge.ts';
import { summariseLabelMass } from '../../judge/calibration/label-mass.ts';
import { isConstant } from '../../judge/diagnose-judge.ts';
import { plattScale } from '../../util/platt-scale.ts';
import type { Calibration } from './calibrate-judge.ts';
import type { Collected } from './collected.ts';

/**
 * Everything that is measured of one judge.
 *
 * @param calibration probabilities are measured as they are after its Platt scaling; null = as the judge gives them
 * @param labelled how many candidates have a label
 * @throws {CodejuryError} `aborted`.
 */
export async function evaluateJudge(
  judge: string,
  collected: Collected,
  calibration: Calibration | null,
  labelled: number,
  options: BootstrapOptions & { readonly signal: AbortSignal },
): Promise<JudgeEvaluation> {
  const { table, masses, verdicts, withoutLabel, repeated, rejected, byNumber, correctBelowHalf, covered } =
    collected;
  const platt = calibration?.platt ?? null;
  const probabilityCorrect =
    platt === null
      ? table.probabilityCorrect
      : table.probabilityCorrect.map((q) => (Number.isNaN(q) ? q : plattScale(q, platt)));
  const steps = measureTableInSteps({ ...table, probabilityCorrect }, options);
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    // So that an interruption is heard of between draws.
    await setImmediate();
    throwIfAborted(options.signal);
  }
  const measured = step.value;
  const { metrics, confusion } = measured;
  return {
    ...{ judge, verdicts, withoutLabel, repeated, rejected, byNumber, correctBelowHalf },
    notJudged: labelled - covered,
    calibration: calibration === null ? null : { platt, confidenceBounds: calibration.confidenceBounds },
    constant: isConstant(
      confusion.truePositives + confusion.falsePositives,
      confusion.trueNegatives + confusion.falseNegatives,
    ),
    metrics,
    agreement: metrics.kappa.value === null ? null : kappaBand(metrics.kappa.value),
    confusion,
    confusionShares: measured.confusionShares,
    precisionByConfidence: measured.precisionByConfidence,
    reliability: measured.reliability,
    labelMass: summariseLabelMass(
      Float64Array.from(masses).filter((mass) => !Number.isNaN(mass)),
      {
        verdicts: table.rows,
        invalid: metrics.invalid.value ?? 0,
      },
    ),
  };
}
