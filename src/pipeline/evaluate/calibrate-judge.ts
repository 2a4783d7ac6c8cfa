import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import { validScores } from '../../evaluate/measure-judge.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { confidenceBounds } from '../../judge/calibration/confidence-bounds.ts';
import { fitPlatt } from '../../judge/calibration/fit-platt.ts';
import { plattScale } from '../../util/platt-scale.ts';

/** What a judge's profile says of its answers on validation. */
export type Calibration = Pick<JudgeProfile, 'platt' | 'confidenceBounds'>;

/** Fits both on the valid verdicts, of which the scores are in [0, 1]; each is null where it cannot be had. */
export function calibrateJudge(tested: readonly TestedVerdict[]): Calibration {
  return {
    platt: fitPlatt(validScores(tested)),
    confidenceBounds: confidenceBounds(tested),
  };
}

/** The verdicts with probabilities as they are after Platt scaling; their order, and so the scores, stay what they are. */
export function scaleProbabilities<Tested extends TestedVerdict>(
  tested: readonly Tested[],
  platt: JudgeProfile['platt'],
): Tested[] {
  return tested.map((verdict) => ({
    ...verdict,
    probabilityCorrect:
      verdict.probabilityCorrect === null ? null : plattScale(verdict.probabilityCorrect, platt),
  }));
}
