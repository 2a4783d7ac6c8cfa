import { type JudgeMetrics, METRIC_NAMES } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { intervalsHow, measuredOn } from './caption-parts.ts';
import { type JudgedRow, judgedRows, WHICH_JUDGE } from './judged-rows.ts';

/** Everything that is measured of each judge against the tests. */
export function judgesTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'judges',
      title: 'Judges against the tests',
      caption:
        `Measured over verdicts on candidates with a label, invalid ones counted and left out. ${measuredOn(report)} ${intervalsHow(report)} ` +
        'Probabilities of judges with a profile are measured after its Platt scaling. AUC within task: mean over the tasks that have candidates of both labels.',
    },
    [
      ...WHICH_JUDGE,
      ['method', 'method', 'text', ({ facts }) => facts?.method ?? null],
      ...Object.entries(METRIC_NAMES).flatMap(([metric, title]): Field<JudgedRow>[] => [
        [keyOf(metric), title, 'number', ({ judge }) => judge.metrics[metric as keyof JudgeMetrics]],
        ...(metric === 'kappa' ? [BAND] : []),
      ]),
      count('candidates', 'candidates'),
      count('positives', 'of them correct'),
      count('invalid', 'invalid'),
      ['not_judged', 'not judged', 'count', ({ judge }) => judge.notJudged],
      count('tasks', 'tasks'),
      count('tasksWithBothLabels', 'with both labels'),
      ['constant', 'one label only', 'text', ({ judge: { constant } }) => yesOrNo(constant)],
    ],
    judgedRows(report),
  );
}

const BAND: Field<JudgedRow> = ['agreement', 'agreement', 'text', ({ judge }) => judge.agreement];

function count(metric: keyof JudgeMetrics, title: string): Field<JudgedRow> {
  return [keyOf(metric), title, 'count', ({ judge }) => judge.metrics[metric].value];
}

/** `aucWithinTask` is `auc_within_task` in tables. */
function keyOf(metric: string): string {
  return metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function yesOrNo(flag: boolean | null): string | null {
  return flag === null ? null : flag ? 'yes' : 'no';
}
