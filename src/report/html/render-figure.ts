import type { LegendEntry, ReportFigure } from '../figures/report-figure.ts';
import { escapeHtml } from './escape-html.ts';

/** A figure: heading, legend, panels side by side as there is room, caption. */
export function renderFigure({ id, title, caption, legend, panels, size }: ReportFigure): string {
  const drawn = panels.map(
    (panel) =>
      `<div class="panel"><p class="panel-title" aria-hidden="true">${escapeHtml(panel.title)}</p>${panel.svg}</div>`,
  );
  return `<figure id="figure-${id}" class="${size}">
<h3>${escapeHtml(title)}</h3>
${legendList(legend)}<div class="panels">
${drawn.join('\n')}
</div>
<figcaption>${escapeHtml(caption)}</figcaption>
</figure>
`;
}

function legendList(legend: readonly LegendEntry[]): string {
  if (legend.length === 0) return '';
  const entries = legend.map(
    ({ label, color, mark }) =>
      `<li><svg class="key" viewBox="0 0 24 12" aria-hidden="true" color="${escapeHtml(color)}">${MARKS[mark]}</svg>${escapeHtml(label)}</li>`,
  );
  return `<ul class="legend">${entries.join('')}</ul>\n`;
}

const MARKS: Readonly<Record<LegendEntry['mark'], string>> = {
  line: '<path d="M0 6H24" stroke="currentColor" stroke-width="3"/>',
  dashed: '<path d="M0 6H24" stroke="currentColor" stroke-width="3" stroke-dasharray="5 3"/>',
  dotted: '<path d="M0 6H24" stroke="currentColor" stroke-width="3" stroke-dasharray="2 3"/>',
  dot: '<circle cx="12" cy="6" r="5" fill="currentColor"/>',
  ring: '<circle cx="12" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2"/>',
};
