import type { StudyReport } from '../../contracts/study-report.ts';
import { replayedHow } from '../tables/replayed-rows.ts';
import { linePanel } from './line-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { REFERENCE, seriesColor, seriesDash, seriesLegend } from './series.ts';

/** pass@1 of the answers given, by how many are given. */
export function abstentionFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  const teams = teamNames(report);
  return {
    id: 'abstention-figure',
    title: 'Answering only what is sure',
    caption: `pass@1 of the answers given, when those of lower score are not. Dashed in grey: scores that say nothing. ${replayedHow(report)}`,
    legend: [...seriesLegend(teams), { label: 'by chance', color: REFERENCE, mark: 'dashed' }],
    panels: report.generators.flatMap(({ name, evaluation: { replays } }) => {
      if (replays.length === 0) return [];
      const title = `Candidates of ${name}`;
      const svg = linePanel(plotter, {
        ...{ id: `abstention-${name}`, title },
        description: 'A line for each team, from few answers to all that it can give.',
        curves: [
          ...replays.slice(0, 1).map(({ abstention: { points, chanceArea } }) => ({
            label: 'by chance',
            color: REFERENCE,
            dash: '6 3',
            points: [0, points.at(-1)?.share ?? 1].map((x) => ({ x, y: chanceArea })),
          })),
          ...replays.map(({ team, abstention }) => ({
            label: team,
            color: seriesColor(teams.indexOf(team)),
            dash: seriesDash(teams.indexOf(team)),
            points: abstention.points.map(({ share, passAt1 }) => ({ x: share, y: passAt1 })),
          })),
        ],
        x: { label: 'answered', domain: [0, 1], isShare: true },
        y: { label: 'pass@1 of the answered', domain: [0, 1], isShare: true },
      });
      return [{ title, svg }];
    }),
    size: 'medium',
  };
}

/** Teams that are replayed, in the order of the study. */
export function teamNames({ generators }: StudyReport): readonly string[] {
  return [...new Set(generators.flatMap(({ evaluation }) => evaluation.replays.map(({ team }) => team)))];
}
