import type { StudyReport } from '../../contracts/study-report.ts';
import { drawnHow } from '../tables/caption-parts.ts';
import { type WayOfChoosing, waysOfChoosing } from '../tables/ways-of-choosing.ts';
import { domainOf } from './domains.ts';
import { linePanel } from './line-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { REFERENCE, seriesColor, seriesDash, seriesLegend } from './series.ts';

/** Lines that are no way of choosing: `oracle` and the expectation of random choice. */
const DASHES: Readonly<Record<string, string>> = { oracle: '2 3', 'random (samples)': '6 3' };

/** pass@1 by the number of candidates, for every way of choosing. */
export function passAt1Figure(plotter: Plotter, report: StudyReport): ReportFigure {
  const sizes = report.config.candidates.toSorted((a, b) => a - b);
  const all = report.generators.flatMap((generator) => waysOfChoosing(report, generator));
  const names = [...new Set(all.filter(isDrawn).map(({ name }) => name))];
  return {
    id: 'pass-at-1-figure',
    title: 'pass@1 by number of candidates',
    caption:
      'Share of tasks whose chosen candidate passes. Dashed in grey what random choice comes to, dotted the oracle, which no choice among the same draws can exceed; ' +
      `a larger model answers once, whatever N. ${drawnHow(report)} Intervals stand in the table.`,
    legend: [
      ...seriesLegend(names),
      { label: 'random (samples)', color: REFERENCE, mark: 'dashed' },
      { label: 'oracle', color: REFERENCE, mark: 'dotted' },
    ],
    panels: report.generators.flatMap((generator) => {
      const ways = waysOfChoosing(report, generator);
      if (ways.length === 0) return [];
      const shown = ways.filter((way) => isDrawn(way) || way.name in DASHES);
      const title = `Candidates of ${generator.name}`;
      const svg = linePanel(plotter, {
        ...{ id: `pass-at-1-${generator.name}`, title },
        description:
          'A line for each way of choosing over the number of candidates. The table has its numbers.',
        curves: shown.map((way) => ({
          label: way.name,
          points: sizes.map((n) => ({ x: n, y: way.passAt1.get(n)?.value ?? null })),
          color: isDrawn(way) ? seriesColor(names.indexOf(way.name)) : REFERENCE,
          dash: DASHES[way.name] ?? seriesDash(names.indexOf(way.name)),
          isDotted: isDrawn(way) && way.kind !== 'larger model',
        })),
        x: { label: 'candidates', domain: [0, Math.max(...sizes)], ticks: sizes },
        y: {
          label: 'pass@1',
          domain: domainOf(
            shown.flatMap((way) => [...way.passAt1.values()].map(({ value }) => value)),
            { from: 0 },
          ),
          isShare: true,
        },
      });
      return [{ title, svg }];
    }),
    size: 'medium',
  };
}

function isDrawn({ kind }: WayOfChoosing): boolean {
  return kind.startsWith('team of') || kind === 'ranker' || kind === 'larger model';
}
