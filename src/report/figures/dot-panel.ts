import type { Markish } from '@observablehq/plot';
import type { Estimate } from '../../contracts/judge-evaluation.ts';
import { visibleLine } from '../../util/visible-text.ts';
import { formatCell } from '../format-cell.ts';
import type { ColumnKind } from '../report-table.ts';
import { PANEL_WIDTH, percent } from './line-panel.ts';
import type { DrawingTexts, Plotter } from './open-plotter.ts';

export interface DotRow {
  readonly label: string;
  readonly estimate: Estimate;
  readonly color: string;
  /** Drawn as a ring: not measured as the others are. */
  readonly isHollow?: boolean;
}

export interface DotPanel extends DrawingTexts {
  readonly rows: readonly DotRow[];
  readonly axis: { readonly label: string; readonly domain: readonly number[]; readonly kind: ColumnKind };
  /** Behind the rows. */
  readonly behind?: readonly Markish[];
}

const ROW = 36;

/** Characters that fit over a row. */
const LONGEST = 56;

/** A dot a row with its interval, under its name: names may be long, and pages narrow. */
export function dotPanel({ plot, draw }: Plotter, { rows, axis, behind = [], ...texts }: DotPanel): string {
  const places = rows.map((row, place) => ({ ...row, ...row.estimate, place }));
  const margins = { marginLeft: 12, marginRight: 16, marginTop: 24, marginBottom: 40 };
  return draw(
    {
      ...{ width: PANEL_WIDTH, height: rows.length * ROW + margins.marginTop + margins.marginBottom },
      ...margins,
      x: {
        ...{ label: axis.label, domain: axis.domain, ticks: 6, tickSize: 4, grid: true },
        ...(axis.kind === 'share' ? { tickFormat: percent } : {}),
      },
      y: { axis: null, domain: places.map(({ place }) => place), type: 'band', padding: 0 },
      marks: [
        ...behind,
        plot.text(places, {
          ...{
            y: 'place',
            frameAnchor: 'left',
            dy: -8,
            stroke: 'var(--ground)',
            fill: 'currentColor',
          },
          text: ({ label, estimate }: DotRow) =>
            `${clipped(label)}  ${formatCell(estimate.value, axis.kind)}`,
        }),
        plot.ruleY(
          places.filter(({ low, high }) => low !== null && high !== null),
          { y: 'place', x1: 'low', x2: 'high', dy: 8, stroke: 'color', strokeWidth: 2 },
        ),
        plot.dot(
          places.filter(({ value }) => value !== null),
          {
            ...{ y: 'place', x: 'value', dy: 8, r: 5, stroke: 'color', strokeWidth: 2 },
            fill: ({ color, isHollow = false }: DotRow) => (isHollow ? 'var(--ground)' : color),
            title: ({ label, estimate }: DotRow) =>
              `${visibleLine(label)}: ${formatCell(estimate, axis.kind)}`,
          },
        ),
      ],
      color: { type: 'identity' },
    },
    texts,
  );
}

function clipped(label: string): string {
  const line = visibleLine(label);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
