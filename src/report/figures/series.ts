import type { LegendEntry } from './report-figure.ts';

/** Colours that the page has for series, light and dark. */
const COLORS = 8;

/** The colour of a series; with more than eight they come round again. */
export function seriesColor(index: number): string {
  return `var(--series-${(index % COLORS) + 1})`;
}

/** Colours of what is not a series. */
export const REFERENCE = 'var(--reference)';
export const BAND = 'var(--band)';

/** Dashes tell series apart where colours come round again. */
export function seriesDash(index: number): string | undefined {
  const round = Math.floor(index / COLORS);
  return round === 0 ? undefined : round === 1 ? '6 3' : '2 3';
}

export function seriesLegend(labels: readonly string[]): LegendEntry[] {
  return labels.map((label, index) => ({
    label,
    color: seriesColor(index),
    mark: seriesDash(index) === undefined ? 'line' : 'dashed',
  }));
}
