import type { StudyReport } from '../../contracts/study-report.ts';
import { replayedHow } from '../tables/replayed-rows.ts';
import { teamNames } from './abstention-figure.ts';
import { type Curve, linePanel } from './line-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { seriesColor, seriesLegend } from './series.ts';

/** pass@1 by how many tasks a larger model answers. */
export function escalationFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  const teams = teamNames(report);
  return {
    id: 'escalation-figure',
    title: 'Sending what is unsure to a larger model',
    caption:
      "pass@1 when the larger model answers in place of the team's least sure answers. Dashed: the same number of answers, taken at random. " +
      replayedHow(report),
    legend: [...seriesLegend(teams), { label: 'taken at random', color: 'currentColor', mark: 'dashed' }],
    panels: report.generators.flatMap(({ name, evaluation: { replays } }) => {
      const larges = [...new Set(replays.flatMap(({ escalation }) => escalation.map(({ large }) => large)))];
      return larges.map((large) => {
        const title = `Candidates of ${name}, larger model ${large}`;
        const curves = replays.flatMap(({ team, escalation }) =>
          escalation
            .filter((entry) => entry.large === large)
            .flatMap(({ points }): Curve[] => {
              const color = seriesColor(teams.indexOf(team));
              const label = `${team}, at random`;
              return [
                {
                  label,
                  color,
                  dash: '4 3',
                  points: points.map(({ share, randomPassAt1 }) => ({ x: share, y: randomPassAt1 })),
                },
                {
                  label: team,
                  color,
                  points: points.map(({ share, passAt1 }) => ({ x: share, y: passAt1 })),
                },
              ];
            }),
        );
        const svg = linePanel(plotter, {
          ...{ id: `escalation-${name}-${large}`, title, curves },
          description:
            'A line for each team, from none of its answers replaced to all of them, and a dashed line for answers replaced at random.',
          x: { label: 'answered by the larger model', domain: [0, 1], isShare: true },
          y: { label: 'pass@1', domain: null, isShare: true },
        });
        return { title, svg };
      });
    }),
    size: 'medium',
  };
}
