import type { StudyReport } from '../../contracts/study-report.ts';
import { drawnHow, intervalsHow } from '../tables/caption-parts.ts';
import { type WayOfChoosing, waysOfChoosing } from '../tables/ways-of-choosing.ts';
import { domainOf } from './domains.ts';
import { dotPanel } from './dot-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { REFERENCE, seriesColor } from './series.ts';

/** What is told apart by colour. */
const KINDS = ['team', 'ranker', 'larger model', 'expectation or ceiling'] as const;
/** Of `KINDS` the place of what is not measured as the others are. */
const EXACT = 3;

/** pass@1 of every way of choosing out of the largest draws, the best first. */
export function choicesFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  const n = Math.max(...report.config.candidates);
  return {
    id: 'choices-figure',
    title: `pass@1 out of ${n}`,
    caption:
      `Every way of choosing out of ${n} samples, the best first. Filled: measured, a candidate chosen in every draw. Hollow: exact, nothing was drawn for the choice. ` +
      `${drawnHow(report)} ${intervalsHow(report, 'Lines are')} Overlapping intervals do not say that two are equal: the comparisons below test it.`,
    legend: KINDS.map((label, index) => ({
      label,
      color: colorOf(index),
      mark: index === EXACT ? 'ring' : 'dot',
    })),
    panels: report.generators.flatMap((generator) => {
      const ways = waysOfChoosing(report, generator)
        .flatMap((way) => {
          const estimate = way.passAt1.get(n);
          return estimate === undefined ? [] : [{ ...way, estimate }];
        })
        .sort((a, b) => (b.estimate.value ?? -1) - (a.estimate.value ?? -1));
      if (ways.length === 0) return [];
      const title = `Candidates of ${generator.name}`;
      const svg = dotPanel(plotter, {
        ...{ id: `choices-${generator.name}`, title },
        description: `A dot with its interval for each way of choosing, the best of ${ways.length} on top.`,
        rows: ways.map((way) => ({
          label: way.name,
          estimate: way.estimate,
          color: colorOf(kindOf(way)),
          isHollow: kindOf(way) === EXACT,
        })),
        axis: {
          label: 'pass@1',
          domain: domainOf(ways.flatMap(({ estimate: { value, low, high } }) => [value, low, high])),
          kind: 'share',
        },
      });
      return [{ title, svg }];
    }),
    size: 'medium',
  };
}

function kindOf({ kind }: WayOfChoosing): number {
  if (kind.startsWith('team of')) return 0;
  return kind === 'ranker' ? 1 : kind === 'larger model' ? 2 : EXACT;
}

function colorOf(kind: number): string {
  return kind === EXACT ? REFERENCE : seriesColor(kind);
}
