import type { ConfusionMatrix } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable, type Field } from './build-table.ts';
import { intervalsHow, measuredOn } from './caption-parts.ts';
import { type JudgedRow, judgedRows, WHICH_JUDGE } from './judged-rows.ts';

type Cell = keyof ConfusionMatrix;

interface TrueClass {
  readonly truth: string;
  /** What the judge says of it: correct, wrong. */
  readonly says: readonly [Cell, Cell];
}

const CLASSES: readonly TrueClass[] = [
  { truth: 'correct', says: ['truePositives', 'falseNegatives'] },
  { truth: 'wrong', says: ['falsePositives', 'trueNegatives'] },
];

type ConfusionRow = JudgedRow & TrueClass;

/**
 * What judges say of the candidates that are correct, and of those that are wrong.
 *
 * @see arXiv 2602.11911, figure 1
 */
export function confusionTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'confusion',
      title: 'What judges say, in percent of each true class',
      caption: `Measured over valid verdicts; the tests say what a candidate is. ${measuredOn(report)} ${intervalsHow(report)}`,
    },
    [
      ...WHICH_JUDGE,
      ['truth', 'candidate is', 'text', ({ truth }) => truth],
      [
        'verdicts',
        'verdicts',
        'count',
        ({ judge, says: [correct, wrong] }) => judge.confusion[correct] + judge.confusion[wrong],
      ],
      ...said('says_correct', 'says correct', 0),
      ...said('says_wrong', 'says wrong', 1),
    ],
    judgedRows(report).flatMap((row) => CLASSES.map((ofClass): ConfusionRow => ({ ...row, ...ofClass }))),
  );
}

function said(key: string, title: string, place: 0 | 1): readonly Field<ConfusionRow>[] {
  return [
    [key, title, 'share', ({ judge, says }) => judge.confusionShares[says[place]]],
    [`${key}_verdicts`, 'verdicts', 'count', ({ judge, says }) => judge.confusion[says[place]]],
  ];
}
