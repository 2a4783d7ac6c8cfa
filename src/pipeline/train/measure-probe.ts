import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import type { Probe } from '../../contracts/probe.ts';
import { measureJudge } from '../../evaluate/measure-judge.ts';
import { confidenceBounds } from '../../judge/calibration/confidence-bounds.ts';
import { fitPlatt } from '../../judge/calibration/fit-platt.ts';
import { readProbeAnswer } from '../../judge/probe-strategy.ts';
import { plattScale } from '../../util/platt-scale.ts';
import type { ProbeRow, RowsWithStates } from './read-probe-rows.ts';

/**
 * Calibration and metrics of a probe on validation candidates. Probabilities are measured after Platt scaling, as they are
 * used: a probe's own are moved so that its label changes at one half.
 */
export function measureProbe(
  probe: Probe,
  { rows, states }: RowsWithStates<ProbeRow>,
): Pick<JudgeProfile, 'platt' | 'confidenceBounds' | 'metrics'> {
  const answers = states.map((each) => readProbeAnswer(probe, each));
  const truths = rows.map(({ label }) => label);
  const platt = fitPlatt(
    answers.map(({ probabilityCorrect }, row) => ({ probabilityCorrect, truth: truths[row] as 0 | 1 })),
  );
  return {
    platt,
    confidenceBounds: confidenceBounds(answers),
    metrics: measureJudge(
      answers.map(({ label, confidence, probabilityCorrect }, row) => ({
        taskId: rows[row]?.task.id ?? '',
        truth: truths[row] as 0 | 1,
        label,
        score: probabilityCorrect,
        probabilityCorrect: plattScale(probabilityCorrect, platt),
        confidence,
      })),
    ),
  };
}
