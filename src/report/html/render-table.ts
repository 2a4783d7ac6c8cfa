import { formatCell } from '../format-cell.ts';
import { isEstimate } from '../is-estimate.ts';
import type { ColumnKind, ReportCell, ReportTable } from '../report-table.ts';
import { plural } from '../tables/caption-parts.ts';
import { escapeHtml } from './escape-html.ts';

/** Longer ones wrap. */
const SHORT_TEXT = 28;

/** With more rows a table is folded. */
const MANY_ROWS = 12;

/**
 * A table with its caption, in a box that scrolls if the page is narrow. Cells that are not shown as they are sorted have their number in
 * `data-sort`, empty for unknown. A long table is folded, and so is one that is `beside` a figure.
 */
export function renderTable(
  table: ReportTable,
  { isBesideFigure }: { readonly isBesideFigure: boolean },
): string {
  const { id, title, caption, rows } = table;
  const isFolded = isBesideFigure || rows.length > MANY_ROWS;
  const box =
    `<div class="scroll" role="region" aria-label="${escapeHtml(title)}" tabindex="0">${tableElement(table)}</div>\n` +
    `<p class="caption" id="caption-${id}">${escapeHtml(caption)}</p>`;
  const heading = isBesideFigure ? '' : `<h3>${escapeHtml(title)}</h3>\n`;
  const label = isBesideFigure ? `The numbers: ${escapeHtml(title)}` : 'The table';
  const body = isFolded
    ? `<details>\n<summary>${label} (${plural(rows.length, 'row')})</summary>\n${box}\n</details>`
    : box;
  return `<section class="table" id="table-${id}">\n${heading}${body}\n</section>\n`;
}

function tableElement({ id, title, columns, rows }: ReportTable): string {
  const head = columns
    .map(
      ({ title: name, kind }) =>
        `<th scope="col"${kind === 'text' ? '' : ' class="number"'}>${escapeHtml(name)}</th>`,
    )
    .join('');
  const body = rows.map((row) => {
    const cells = columns.map(({ kind }, place) => cellElement(row[place] ?? null, kind, place === 0));
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table aria-describedby="caption-${id}">
<caption>${escapeHtml(title)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>`;
}

function cellElement(cell: ReportCell, kind: ColumnKind, isHead: boolean): string {
  const [name, scope] = isHead ? ['th', ' scope="row"'] : ['td', ''];
  if (kind === 'text') {
    const shown = formatCell(cell, kind);
    const look = shown.length > SHORT_TEXT ? ` class="${/\s/.test(shown) ? 'long' : 'unbroken'}"` : '';
    return `<${name}${scope}${look}>${escapeHtml(shown)}</${name}>`;
  }
  const value = isEstimate(cell) ? cell.value : cell;
  return `<${name}${scope} class="number" data-sort="${value ?? ''}">${numberText(cell, kind)}</${name}>`;
}

/** An interval stands under its number. */
function numberText(cell: ReportCell, kind: ColumnKind): string {
  const [value = '', interval] = formatCell(cell, kind).split(/ (?=\[)/);
  return interval === undefined
    ? escapeHtml(value)
    : `${escapeHtml(value)} <span class="interval">${escapeHtml(interval)}</span>`;
}
