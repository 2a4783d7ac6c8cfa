import type { CheapSetting, ReplayedRule } from '../../contracts/study-replay.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { intervalsHow } from './caption-parts.ts';
import { type ReplayedRow, RULES, replayedHow, replayedRows, WHICH_REPLAY } from './replayed-rows.ts';

type StoppingRow = ReplayedRow & { readonly rule: ReplayedRule };

/** Which setting of each rule of stopping takes few samples and loses little. */
export function earlyStoppingTable(report: StudyReport): ReportTable {
  const rows = replayedRows(report).flatMap((row) =>
    row.replay.rules.map((rule): StoppingRow => ({ ...row, rule })),
  );
  const limits = rows[0]?.replay.limits ?? { samplesShare: 0.5, loss: 0.01 };
  const percent = (share: number) => String(Math.round(1000 * share) / 10);
  const points = (loss: number) => `${percent(loss)} ${percent(loss) === '1' ? 'point' : 'points'}`;
  return buildTable(
    {
      id: 'early-stopping',
      title: 'Fewer samples',
      caption:
        `The setting with the fewest samples among those that take at most ${percent(limits.samplesShare)} % of the samples and lose at most ${points(limits.loss)} ` +
        'of pass@1 against all samples; where none does, of those with few enough samples the one that loses least (within limits: no). Chosen and measured on ' +
        'the same tasks it looks better than it is: cross-fitted is what choosing so comes to on tasks that had no part in it. ' +
        `${replayedHow(report)} ${intervalsHow(report)}`,
    },
    [
      ...WHICH_REPLAY,
      ['pass_at_1', 'pass@1, all samples', 'share', ({ replay }) => replay.passAt1],
      ['rule', 'stops at', 'text', ({ rule }) => RULES[rule.kind]],
      ['setting', 'setting', 'number', ({ rule }) => settingOf(rule)?.setting ?? null],
      ['within_limits', 'within limits', 'text', ({ rule }) => (rule.cheapest === null ? 'no' : 'yes')],
      ['samples', 'samples taken', 'share', ({ rule }) => settingOf(rule)?.samplesShare ?? null],
      ['difference', 'difference of pass@1', 'share', ({ rule }) => settingOf(rule)?.difference ?? null],
      [
        'cross_fitted_samples',
        'cross-fitted: samples taken',
        'share',
        ({ rule }) => rule.crossFitted.samplesShare,
      ],
      [
        'cross_fitted_difference',
        'cross-fitted: difference',
        'share',
        ({ rule }) => rule.crossFitted.difference,
      ],
    ],
    rows,
  );
}

function settingOf({ cheapest, nearest }: ReplayedRule): CheapSetting | null {
  return cheapest ?? nearest;
}
