import { basename } from 'node:path';
import type { Estimate, JudgeMetrics } from '../../contracts/judge-evaluation.ts';
import type { JudgeProfile } from '../../contracts/judge-profile.ts';
import { CodejuryError, throwIfAborted } from '../../errors.ts';
import { measureJudgeWithIntervals } from '../../evaluate/measure-judge.ts';
import type { TestedVerdict } from '../../evaluate/tested-verdict.ts';
import { askForLabel } from '../../judge/ask-for-label.ts';
import { NO_ANSWER } from '../../judge/no-answer.ts';
import type { JudgeLabel } from '../../prompts/judge-prompt.ts';
import { calibrateJudge, scaleProbabilities } from '../evaluate/calibrate-judge.ts';
import { calibrationWarnings } from '../evaluate/calibration-warnings.ts';
import { openModelOpener } from '../open-model.ts';
import type { DeliverOptions } from './deliver-trained.ts';
import type { ExportedModel } from './export-trained.ts';
import { openExported } from './open-exported.ts';
import type { ValidationPrompt } from './validation-prompts.ts';

export interface MeasuredJudge extends Pick<JudgeProfile, 'platt' | 'confidenceBounds'> {
  /** Of the probabilities after Platt scaling, as they are used; each with its 95 % interval over tasks. */
  readonly metrics: Readonly<Record<keyof JudgeMetrics, Estimate>>;
  readonly warnings: readonly string[];
}

/** Of the bootstrap over tasks. */
export const RESAMPLES = 1000;

/**
 * Asks the judge as it will be served about every candidate of validation, and fits and measures on its answers: the weights that
 * were trained are not the ones that are asked.
 *
 * @throws {CodejuryError} what the engine reports; `aborted`.
 */
export async function measureTrained(
  exported: ExportedModel,
  labels: readonly JudgeLabel[],
  prompts: readonly ValidationPrompt[],
  options: DeliverOptions & { readonly promptKind: 'chat' | 'text'; readonly seed: number },
): Promise<MeasuredJudge> {
  const { out, signal, promptKind, onProgress, seed } = options;
  const opener = openModelOpener(options);
  try {
    const model = await openExported(opener, exported, out, labels);
    const tested: TestedVerdict[] = [];
    for (const { taskId, shared, own, label: truth } of prompts) {
      throwIfAborted(signal);
      const { label, probabilityCorrect, confidence } = await askForLabel(
        { model, signal },
        { shared, own },
        promptKind,
        labels,
      ).catch(invalidIfTooLong);
      tested.push({
        taskId,
        truth: labels[truth]?.correct ? 1 : 0,
        label,
        score: probabilityCorrect,
        probabilityCorrect,
        confidence,
      });
      onProgress({ kind: 'validating', done: tested.length, total: prompts.length });
    }
    const calibration = calibrateJudge(tested);
    return {
      ...calibration,
      metrics: measureJudgeWithIntervals(scaleProbabilities(tested, calibration.platt), {
        resamples: RESAMPLES,
        seed,
      }),
      warnings: calibrationWarnings(basename(out), tested, calibration),
    };
  } finally {
    await opener.dispose();
  }
}

/** A candidate that does not fit has no verdict, as when the judge is used. */
function invalidIfTooLong(
  error: unknown,
): Pick<TestedVerdict, 'label' | 'probabilityCorrect' | 'confidence'> {
  if (error instanceof CodejuryError && error.code === 'context-length') {
    return NO_ANSWER;
  }
  throw error;
}
