import type { ReliabilityBin } from '../../contracts/judge-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { measuredOn } from '../tables/caption-parts.ts';
import { judgedRows } from '../tables/judged-rows.ts';
import { percent } from './line-panel.ts';
import type { DrawingTexts, Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { REFERENCE, seriesColor } from './series.ts';

const DIAGONAL = [0, 1];

/** Of candidates with about this probability, how many are correct. */
export function reliabilityFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  return {
    id: 'reliability-figure',
    title: 'Probability and truth',
    caption:
      'Candidates in ten bins by the probability that the judge gives them, after the Platt scaling of its profile where it has one; the area of a dot is their number. On ' +
      `the grey line probabilities are what they say; below it the judge trusts too much, above it too little. Measured. ${measuredOn(report)}`,
    legend: [],
    panels: judgedRows(report).map(({ generator, judge }) => {
      const title = report.generators.length > 1 ? `${judge.judge}, of ${generator}` : judge.judge;
      const texts = {
        ...{ id: `reliability-${generator}-${judge.judge}`, title },
        description: `Expected calibration error ${judge.metrics.ece.value?.toFixed(3) ?? 'unknown'}. The table has each bin.`,
      };
      return { title, svg: diagram(plotter, judge.reliability, texts) };
    }),
    size: 'small',
  };
}

function diagram({ plot, draw }: Plotter, all: readonly ReliabilityBin[], texts: DrawingTexts): string {
  const bins = all.filter(({ count }) => count > 0);
  const axis = { domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1], tickSize: 4, grid: true };
  const place = { x: 'meanProbability', y: 'shareCorrect' };
  return draw(
    {
      ...{ width: 220, height: 220, marginLeft: 36, marginRight: 12, marginTop: 24, marginBottom: 36 },
      x: { ...axis, label: 'probability' },
      y: { ...axis, label: 'share correct' },
      r: { range: [0, 9] },
      marks: [
        plot.line(DIAGONAL, { x: (end: number) => end, y: (end: number) => end, stroke: REFERENCE }),
        plot.line(bins, { ...place, stroke: seriesColor(0), strokeOpacity: 0.5 }),
        plot.dot(bins, {
          ...{ ...place, r: 'count', fill: seriesColor(0), stroke: 'var(--ground)' },
          title: ({ count, meanProbability, shareCorrect }: ReliabilityBin) =>
            `${count} candidates, mean probability ${meanProbability?.toFixed(3)}, ${percent(shareCorrect ?? 0)} correct`,
        }),
      ],
    },
    texts,
  );
}
