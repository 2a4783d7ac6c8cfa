import type { JudgeAgreement } from '../../contracts/study-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { measuredOn } from '../tables/caption-parts.ts';
import { PANEL_WIDTH } from './line-panel.ts';
import type { DrawingTexts, Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';

/** Characters of a name beside a row. */
const LONGEST = 20;
const CELL = 40;

/** Kappa of each two judges. */
export function agreementFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  return {
    id: 'agreement-figure',
    title: 'Agreement between judges',
    caption: `Kappa of each two judges over candidates that both gave a valid verdict about; the darker the closer to 1. Judges that say the same add little to one another. Measured. ${measuredOn(report)}`,
    legend: [],
    panels: report.generators.flatMap(({ name, evaluation: { agreement } }) => {
      if (agreement.length === 0) return [];
      const title = `Candidates of ${name}`;
      const texts = {
        ...{ id: `agreement-${name}`, title },
        description: agreement
          .map(({ first, second, kappa }) => `${first} and ${second}: ${shown(kappa)}.`)
          .join(' '),
      };
      return [{ title, svg: heatmap(plotter, agreement, texts) }];
    }),
    size: 'medium',
  };
}

function heatmap({ plot, draw }: Plotter, pairs: readonly JudgeAgreement[], texts: DrawingTexts): string {
  const judges = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  const numbers = judges.map((_, index) => index);
  const cells = pairs.map(({ first, second, kappa }) => {
    const [a, b] = [judges.indexOf(first), judges.indexOf(second)];
    return { row: Math.max(a, b), column: Math.min(a, b), kappa };
  });
  type Cell = (typeof cells)[number];
  const place = { x: 'column', y: 'row' };
  const label = (index: number) => {
    const name = visibleLine(judges[index] ?? '');
    return `${name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name}  ${index + 1}`;
  };
  return draw(
    {
      ...{ width: PANEL_WIDTH, height: (judges.length - 1) * CELL + 28 },
      ...{ marginLeft: 150, marginRight: 8, marginTop: 22, marginBottom: 6 },
      x: {
        type: 'band',
        domain: numbers.slice(0, -1),
        tickFormat: (index: number) => `${index + 1}`,
        label: null,
        tickSize: 0,
        axis: 'top',
        padding: 0.04,
      },
      y: {
        type: 'band',
        domain: numbers.slice(1),
        tickFormat: label,
        label: null,
        tickSize: 0,
        padding: 0.06,
      },
      opacity: { type: 'identity' },
      marks: [
        plot.cell(cells, {
          ...{ ...place, fill: 'var(--series-1)', stroke: 'var(--line)', rx: 3 },
          fillOpacity: ({ kappa }: Cell) => 0.65 * Math.max(0, kappa ?? 0),
        }),
        plot.text(cells, { ...place, text: ({ kappa }: Cell) => shown(kappa) }),
        plot.text([0], {
          frameAnchor: 'top-left',
          dx: -9,
          dy: -9,
          textAnchor: 'end',
          text: () => label(0),
        }),
      ],
    },
    texts,
  );
}

function shown(kappa: number | null): string {
  return kappa === null ? '-' : kappa.toFixed(2);
}
