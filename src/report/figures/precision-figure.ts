import type { EstimatedPrecision, JudgeEvaluation } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { measuredOn } from '../tables/caption-parts.ts';
import { judgedRows } from '../tables/judged-rows.ts';
import { type Curve, linePanel } from './line-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { seriesColor } from './series.ts';

const ANSWERS = [
  { name: 'says correct', precision: 'precisionCorrect', coverage: 'coverageCorrect', color: seriesColor(0) },
  { name: 'says wrong', precision: 'precisionWrong', coverage: 'coverageWrong', color: seriesColor(1) },
] as const;
const COVERAGE_DASH = '4 3';

/** How often each judge is right where it is at least so sure, and how many of its verdicts are left. */
export function precisionFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  return {
    id: 'precision-figure',
    title: 'Precision by confidence',
    caption:
      'Of verdicts with at least this confidence: the share that is right (precision, lines), and how many of the verdicts of the same answer are kept (coverage, dashed). ' +
      `Confidences that every verdict has are left out. Measured. ${measuredOn(report)} Intervals stand in the table.`,
    legend: ANSWERS.flatMap(({ name, color }) => [
      { label: `${name}: precision`, color, mark: 'line' } as const,
      { label: `${name}: coverage`, color, mark: 'dashed' } as const,
    ]),
    panels: judgedRows(report).map(({ generator, judge }) => {
      const title = report.generators.length > 1 ? `${judge.judge}, candidates of ${generator}` : judge.judge;
      const from = start(judge.precisionByConfidence);
      const rows = judge.precisionByConfidence.filter(({ threshold }) => threshold >= from);
      const svg = linePanel(plotter, {
        ...{ id: `precision-${generator}-${judge.judge}`, title },
        description: describe(judge),
        curves: ANSWERS.flatMap(({ name, precision, coverage, color }): Curve[] => [
          { label: `${name}: precision`, color, points: points(rows, precision) },
          { label: `${name}: coverage`, color, points: points(rows, coverage), dash: COVERAGE_DASH },
        ]),
        x: { label: 'confidence at least', domain: [from, 1] },
        y: { label: 'share', domain: [0, 1], isShare: true },
      });
      return { title, svg };
    }),
    size: 'medium',
  };
}

function points(
  rows: readonly EstimatedPrecision[],
  share: keyof EstimatedPrecision & (`precision${string}` | `coverage${string}`),
) {
  return rows.map((row) => ({ x: row.threshold, y: row[share] }));
}

/** The last threshold that keeps everything. */
function start(rows: readonly EstimatedPrecision[]): number {
  return Math.min(0.9, rows.findLast(({ coverage }) => coverage === 1)?.threshold ?? 0);
}

function describe({ judge, precisionByConfidence }: JudgeEvaluation): string {
  const all = precisionByConfidence[0];
  const shown = (share: number | null | undefined) =>
    share === null || share === undefined ? 'of none' : `right in ${Math.round(100 * share)} %`;
  return `All verdicts of ${judge}: where it says correct ${shown(all?.precisionCorrect)}, where it says wrong ${shown(all?.precisionWrong)}.`;
}
