import type { Markish } from '@observablehq/plot';
import { domainOf } from './domains.ts';
import type { DrawingTexts, Plotter } from './open-plotter.ts';

/** Of every panel that is not small, in pixels; pages scale it. */
export const PANEL_WIDTH = 440;

export interface CurvePoint {
  readonly x: number;
  readonly y: number | null;
}

export interface Curve {
  readonly label: string;
  readonly points: readonly CurvePoint[];
  readonly color: string;
  readonly dash?: string | undefined;
  /** Points are marked, and say their numbers when pointed at. */
  readonly isDotted?: boolean;
}

export interface LinePanel extends DrawingTexts {
  readonly curves: readonly Curve[];
  readonly x: Axis;
  readonly y: Axis;
  /** Behind the curves. */
  readonly behind?: readonly Markish[];
  readonly height?: number;
}

export interface Axis {
  readonly label: string;
  /** null = as the values are. */
  readonly domain: readonly number[] | null;
  /** Shown as percent. */
  readonly isShare?: boolean;
  /** Where the ticks are, whole numbers; null = somewhere round. */
  readonly ticks?: readonly number[] | null;
}

export function percent(share: number): string {
  return `${Math.round(1000 * share) / 10} %`;
}

/** Curves over two axes that begin and end at given numbers. */
export function linePanel({ plot, draw }: Plotter, panel: LinePanel): string {
  const { curves, x, y, behind = [], height = 280 } = panel;
  const values = curves.flatMap(({ points }) => points);
  const known = (points: readonly CurvePoint[]) => points.filter((point) => point.y !== null);
  return draw(
    {
      width: PANEL_WIDTH,
      height,
      ...{ marginLeft: 52, marginRight: 24, marginTop: 30, marginBottom: 42 },
      x: { ...axis(x), domain: x.domain ?? domainOf(values.map((value) => value.x)), labelAnchor: 'right' },
      y: { ...axis(y), domain: y.domain ?? domainOf(values.map((value) => value.y)), grid: true },
      marks: [
        ...behind,
        ...curves.flatMap(({ points, color, dash, label, isDotted = false }) => [
          plot.line(known(points), {
            ...{ x: 'x', y: 'y', stroke: color, strokeWidth: 2, strokeLinejoin: 'round' },
            ...(dash === undefined ? {} : { strokeDasharray: dash }),
          }),
          ...(isDotted || known(points).length === 1
            ? [
                plot.dot(known(points), {
                  ...{ x: 'x', y: 'y', fill: color, r: 3.5 },
                  title: (point: CurvePoint) => `${label}: ${shown(point.y ?? 0, y)} at ${shown(point.x, x)}`,
                }),
              ]
            : []),
        ]),
      ],
    },
    panel,
  );
}

function axis({ label, isShare = false, ticks = null }: Axis) {
  return {
    ...{ label, tickSize: 4 },
    ...(isShare ? { tickFormat: percent } : ticks === null ? {} : { tickFormat: String }),
    ticks: ticks ?? 5,
  };
}

function shown(value: number, { isShare = false }: Axis): string {
  return isShare ? percent(value) : String(Math.round(1000 * value) / 1000);
}
