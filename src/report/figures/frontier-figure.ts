import type { ReplayedRule, StudyReplay } from '../../contracts/study-replay.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import { RULES, replayedHow, replayedRows } from '../tables/replayed-rows.ts';
import { domainOf } from './domains.ts';
import { linePanel } from './line-panel.ts';
import type { Plotter } from './open-plotter.ts';
import type { ReportFigure } from './report-figure.ts';
import { BAND, REFERENCE, seriesColor } from './series.ts';

const KINDS: readonly ReplayedRule['kind'][] = ['threshold', 'reservation', 'budget'];

/** pass@1 against the samples taken, for every rule of stopping. */
export function frontierFigure(plotter: Plotter, report: StudyReport): ReportFigure {
  const rows = replayedRows(report);
  const limits = rows[0]?.replay.limits;
  return {
    id: 'frontier-figure',
    title: 'pass@1 against samples',
    caption:
      'A dot a setting of a rule of stopping. ' +
      (limits === undefined
        ? ''
        : `In the shaded box are settings that take at most ${Math.round(100 * limits.samplesShare)} % of the samples and lose at most ${(100 * limits.loss).toFixed(1)} points against all samples (grey line). `) +
      replayedHow(report),
    legend: KINDS.filter((kind) =>
      rows.some(({ replay }) => replay.rules.some((rule) => rule.kind === kind)),
    ).map((kind) => ({ label: RULES[kind], color: seriesColor(KINDS.indexOf(kind)), mark: 'line' })),
    panels: rows.map(({ generator, replay }, index) => {
      const title = `${replay.team}, candidates of ${generator}`;
      return { title, svg: frontier(plotter, replay, { id: `frontier-${index}`, title }) };
    }),
    size: 'medium',
  };
}

function frontier(plotter: Plotter, replay: StudyReplay, texts: { id: string; title: string }): string {
  const { plot } = plotter;
  const { rules, n, limits, passAt1 } = replay;
  const values = rules.flatMap(({ points }) => points.map((point) => point.passAt1));
  const [low = 0, high = 1] = domainOf([...values, passAt1]);
  const box =
    passAt1 === null
      ? []
      : [{ x1: 0, x2: limits.samplesShare * n, y1: Math.max(low, passAt1 - limits.loss), y2: high }];
  return linePanel(plotter, {
    ...texts,
    description: `With all ${n} samples pass@1 is ${passAt1 === null ? 'unknown' : `${(100 * passAt1).toFixed(1)} %`}. Each rule is a line of settings from few samples to many.`,
    behind: [
      plot.rect(box, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: BAND }),
      ...(passAt1 === null ? [] : [plot.ruleY([passAt1], { stroke: REFERENCE })]),
    ],
    curves: rules.map(({ kind, points }) => ({
      label: RULES[kind],
      color: seriesColor(KINDS.indexOf(kind)),
      isDotted: true,
      points: points
        .flatMap((point) => (point.meanSamples === null ? [] : [{ x: point.meanSamples, y: point.passAt1 }]))
        .sort((a, b) => a.x - b.x),
    })),
    x: { label: 'mean samples', domain: [0, n] },
    y: { label: 'pass@1', domain: [low, high], isShare: true },
  });
}
