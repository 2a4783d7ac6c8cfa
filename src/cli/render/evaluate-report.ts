import {
  type Estimate,
  type EvaluateResult,
  type JudgeEvaluation,
  type JudgeMetrics,
  METRIC_NAMES,
} from '../../contracts/judge-evaluation.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { comparisonTables } from './comparison-report.ts';
import { percentWithInterval, withInterval } from './estimate.ts';
import { plural, renderNumber, renderTable, withCommas } from './table.ts';

/** Of the 29 thresholds, those that a person looks at. */
const SHOWN_THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9];

/** More columns than these do not fit a screen. */
const JUDGES_ABREAST = 4;

export interface EvaluateReportOptions {
  /** Show all 29 thresholds of the confidence instead of five. */
  readonly allThresholds: boolean;
}

/** The measurement of judges for people: a column a judge, then the tables of each, then comparisons. */
export function evaluateReport(result: EvaluateResult, options: EvaluateReportOptions): string {
  const { judges, comparisons, resamples, seed } = result;
  const overviews: string[] = [];
  for (let first = 0; first < judges.length; first += JUDGES_ABREAST) {
    overviews.push(overview(judges.slice(first, first + JUDGES_ABREAST)), '');
  }
  return [
    ...overviews,
    `in brackets: 95 % intervals by bootstrap over tasks (${plural(resamples, 'resample')}, seed ${seed})`,
    ...judges.flatMap((judge) => ['', ...judgeTables(judge, options)]),
    ...comparisonTables(comparisons, 'candidates'),
    ...warningsOf(result),
  ].join('\n');
}

function overview(judges: readonly JudgeEvaluation[]): string {
  const row = (name: string, cell: (judge: JudgeEvaluation) => string) => [name, ...judges.map(cell)];
  return renderTable(
    ['', ...judges.map(({ judge }) => judge)],
    [
      row('candidates', ({ metrics }) => count(metrics.candidates)),
      row('correct', ({ metrics }) => count(metrics.positives)),
      row('invalid', ({ metrics }) => count(metrics.invalid)),
      row('tasks', ({ metrics }) => count(metrics.tasks)),
      row('with both labels', ({ metrics }) => count(metrics.tasksWithBothLabels)),
      ...Object.entries(METRIC_NAMES).map(([key, name]) =>
        row(name, ({ metrics }) => withInterval(metrics[key as keyof JudgeMetrics])),
      ),
      row('agreement', ({ agreement }) => agreement ?? '-'),
      row('Platt scaling', ({ calibration }) => scaling(calibration?.platt ?? null)),
      row('median label mass', ({ labelMass }) => renderNumber(labelMass.median)),
    ],
  );
}

function judgeTables(judge: JudgeEvaluation, { allThresholds }: EvaluateReportOptions): string[] {
  const name = visibleLine(judge.judge);
  const { confusion, confusionShares: shares } = judge;
  const cell = (key: keyof typeof confusion) =>
    `${percentWithInterval(shares[key])} (${withCommas(confusion[key])})`;
  const sure = judge.precisionByConfidence.filter(
    ({ threshold }) => allThresholds || SHOWN_THRESHOLDS.includes(threshold),
  );
  const filled = judge.reliability.filter((bin) => bin.count > 0);
  return [
    `${name}: what it says, in percent of each true class`,
    renderTable(
      ['', 'says correct', 'says wrong'],
      [
        ['is correct', cell('truePositives'), cell('falseNegatives')],
        ['is wrong', cell('falsePositives'), cell('trueNegatives')],
      ],
    ),
    ...table(
      `${name}: how often it is right where it is at least so sure`,
      ['confidence', 'kept', 'says correct: right', 'kept', 'says wrong: right', 'kept'],
      sure.map(({ threshold, coverage, intervals, ...row }) => [
        allThresholds ? threshold.toFixed(2) : threshold.toFixed(1),
        percentWithInterval({ value: coverage, ...intervals.coverage }),
        percentWithInterval({ value: row.precisionCorrect, ...intervals.precisionCorrect }),
        percentWithInterval({ value: row.coverageCorrect, low: null, high: null }),
        percentWithInterval({ value: row.precisionWrong, ...intervals.precisionWrong }),
        percentWithInterval({ value: row.coverageWrong, low: null, high: null }),
      ]),
    ),
    ...table(
      `${name}: its probability, and what is so`,
      ['probability', 'candidates', 'mean', 'correct'],
      filled.map(({ from, to, count: inBin, meanProbability, shareCorrect }) => [
        `${from.toFixed(1)} to ${to.toFixed(1)}`,
        withCommas(inBin),
        renderNumber(meanProbability),
        renderNumber(shareCorrect),
      ]),
    ),
  ];
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, renderTable(head, rows)];
}

function warningsOf({ judges, notices }: EvaluateResult): string[] {
  const lines = [
    ...judges
      .filter(({ constant }) => constant)
      .map(({ judge }) => `warning: ${judge} gives the same label to nearly every candidate`),
    ...notices.map((notice) => `note: ${notice}`),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}

function count({ value }: Estimate): string {
  return value === null ? '-' : withCommas(value);
}

function scaling(platt: NonNullable<JudgeEvaluation['calibration']>['platt']): string {
  return platt === null
    ? '-'
    : `slope ${renderNumber(platt.slope)}, intercept ${renderNumber(platt.intercept)}`;
}
