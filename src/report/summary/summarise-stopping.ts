import type { StudyGeneratorReport } from '../../contracts/study-report.ts';
import { points, share } from './words.ts';

/** Whether early stopping saves half of the samples for next to nothing, on tasks that had no part in choosing its setting. */
export function summariseStopping({ name, evaluation: { replays } }: StudyGeneratorReport): string[] {
  const [replay] = replays;
  const rule = replay?.rules.find(({ kind }) => kind === 'threshold');
  if (replay === undefined || rule === undefined || replay.passAt1 === 0) return [];
  const { samplesShare, difference } = rule.crossFitted;
  if (samplesShare.value === null || difference.value === null) return [];
  const { limits } = replay;
  const isWithin = samplesShare.value <= limits.samplesShare && difference.value >= -limits.loss;
  return [
    `Stopping at the first candidate of ${name} that ${replay.team} scores high enough takes ${share(samplesShare)} of the samples and changes pass@1 by ` +
      `${points(difference)}, with the threshold set on other tasks: ${isWithin ? 'within' : 'not within'} the limits (at most ${share(limits.samplesShare)} of the samples, ` +
      `at most ${(100 * limits.loss).toFixed(1)} points less).`,
  ];
}
