import type { StudyReport } from '../../contracts/study-report.ts';
import { intervalsHow, measuredOn } from '../tables/caption-parts.ts';
import { judgedRows } from '../tables/judged-rows.ts';
import { dotPanel } from './dot-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { BAND, seriesColor } from './series.ts';

/** What kappas are called, from where on. */
export const KAPPA_BANDS = [
  { name: 'chance', from: -1, to: 0.1 },
  { name: 'weak', from: 0.1, to: 0.2 },
  { name: 'fair', from: 0.2, to: 0.4 },
  { name: 'moderate', from: 0.4, to: 0.6 },
  { name: 'substantial', from: 0.6, to: 0.8 },
  { name: 'near-perfect', from: 0.8, to: 1 },
] as const;

/** Kappa of each judge, over the bands that have names. */
export function kappaFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  const judged = judgedRows(report);
  const settings = [...new Set(judged.map(({ facts }) => facts?.setting ?? 'other'))];
  const lows = judged.flatMap(({ judge }) => [judge.metrics.kappa.low ?? 0, judge.metrics.kappa.value ?? 0]);
  const least = Math.max(-1, Math.min(-0.05, ...lows.map((low) => low - 0.05)));
  return {
    id: 'kappa-figure',
    title: 'Agreement of judges with the tests',
    caption: `Cohen's kappa with what a kappa of this size is called. Measured over valid verdicts. ${measuredOn(report)} ${intervalsHow(report, 'Lines are')}`,
    legend: settings.map((label, index) => ({ label, color: seriesColor(index), mark: 'dot' })),
    panels: report.generators.flatMap(({ name }) => {
      const rows = judged.filter(({ generator }) => generator === name);
      if (rows.length === 0) return [];
      const title = `Candidates of ${name}`;
      const svg = dotPanel(plotter, {
        ...{
          id: `kappa-${name}`,
          title,
          description: 'A dot with its interval a judge, from left to right by kappa.',
        },
        rows: rows.map(({ judge, facts }) => ({
          label: judge.judge,
          estimate: judge.metrics.kappa,
          color: seriesColor(settings.indexOf(facts?.setting ?? 'other')),
        })),
        axis: { label: 'kappa', domain: [least, 1], kind: 'number' },
        behind: bands(plotter, least),
      });
      return [{ title, svg }];
    }),
    size: 'medium',
  };
}

function bands({ plot }: Plotter, least: number) {
  const shown = KAPPA_BANDS.map((band) => ({ ...band, from: Math.max(band.from, least) }));
  return [
    plot.rect(
      shown.filter((_, place) => place % 2 === 1),
      { x1: 'from', x2: 'to', fill: BAND },
    ),
    plot.text(
      // There is no room for the name of a narrow band.
      shown.filter(({ from, to }) => to - from > 0.14),
      {
        x: ({ from, to }: { from: number; to: number }) => (from + to) / 2,
        ...{ text: 'name', frameAnchor: 'top', dy: -14, fontSize: 10, fillOpacity: 0.8 },
      },
    ),
  ];
}
