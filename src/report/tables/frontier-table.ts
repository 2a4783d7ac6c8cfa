import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { RULES, replayedHow, replayedRows, WHICH_REPLAY } from './replayed-rows.ts';

/** pass@1 against what is spent, at every setting of every rule of stopping. */
export function frontierTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'frontier',
      title: 'pass@1 against samples and judgements',
      caption: `Mean over tasks of the mean over repetitions, at each setting of each rule of stopping. ${replayedHow(report)}`,
    },
    [
      ...WHICH_REPLAY,
      ['rule', 'stops at', 'text', ({ rule }) => RULES[rule.kind]],
      ['setting', 'setting', 'number', ({ point }) => point.setting],
      ['samples', 'mean samples', 'number', ({ point }) => point.meanSamples],
      ['judgements', 'mean judgements', 'number', ({ point }) => point.meanJudgements],
      ['pass_at_1', 'pass@1', 'share', ({ point }) => point.passAt1],
    ],
    replayedRows(report).flatMap((row) =>
      row.replay.rules.flatMap((rule) => rule.points.map((point) => ({ ...row, rule, point }))),
    ),
  );
}
