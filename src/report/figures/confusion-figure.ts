import type { ConfusionMatrix, JudgeEvaluation } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { measuredOn } from '../tables/caption-parts.ts';
import { judgedRows } from '../tables/judged-rows.ts';
import { withCommas } from '../with-commas.ts';
import { percent } from './line-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';

interface MatrixCell {
  readonly truth: string;
  readonly verdict: string;
  readonly count: number;
  readonly share: number | null;
}

const TRUTHS = ['passes', 'fails'];
const VERDICTS = ['says correct', 'says wrong'];

const CELLS: readonly (readonly [keyof ConfusionMatrix, number, number])[] = [
  ['truePositives', 0, 0],
  ['falseNegatives', 0, 1],
  ['falsePositives', 1, 0],
  ['trueNegatives', 1, 1],
];

/** What each judge says of candidates that pass and of those that fail. */
export function confusionFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  return {
    id: 'confusion-figure',
    title: 'What judges say of right and of wrong candidates',
    caption: `Each row, candidates that pass and candidates that fail, is 100 % of its own; the darker the more. Measured over valid verdicts. ${measuredOn(report)}`,
    legend: [],
    panels: judgedRows(report).map(({ generator, judge }) => {
      const title = report.generators.length > 1 ? `${judge.judge}, of ${generator}` : judge.judge;
      return { title, svg: matrix(plotter, judge, { id: `confusion-${generator}-${judge.judge}`, title }) };
    }),
    size: 'small',
  };
}

function matrix(
  { plot, draw }: Plotter,
  judge: JudgeEvaluation,
  texts: { id: string; title: string },
): string {
  const cells = CELLS.map(
    ([key, row, column]): MatrixCell => ({
      truth: TRUTHS[row] ?? '',
      verdict: VERDICTS[column] ?? '',
      count: judge.confusion[key],
      share: judge.confusionShares[key].value,
    }),
  );
  const place = { x: 'verdict', y: 'truth' };
  return draw(
    {
      ...{ width: 220, height: 150, marginLeft: 54, marginRight: 4, marginTop: 22, marginBottom: 4 },
      x: { domain: VERDICTS, label: null, tickSize: 0, axis: 'top', padding: 0.04 },
      y: { domain: TRUTHS, label: null, tickSize: 0, padding: 0.04 },
      marks: [
        plot.cell(cells, {
          ...place,
          ...{ fill: 'var(--series-1)', stroke: 'var(--line)', rx: 3 },
          fillOpacity: ({ share }: MatrixCell) => 0.65 * (share ?? 0),
        }),
        plot.text(cells, {
          ...{ ...place, fontSize: 14, dy: -7, fontWeight: 600 },
          text: ({ share }: MatrixCell) => (share === null ? '-' : percent(share)),
        }),
        plot.text(cells, { ...place, dy: 10, text: ({ count }: MatrixCell) => withCommas(count) }),
      ],
      opacity: { type: 'identity' },
    },
    {
      ...texts,
      description: cells
        .map(
          (cell) =>
            `Of those that ${cell.truth === 'passes' ? 'pass' : 'fail'} it ${cell.verdict} of ${cell.share === null ? 'none' : percent(cell.share)}.`,
        )
        .join(' '),
    },
  );
}
