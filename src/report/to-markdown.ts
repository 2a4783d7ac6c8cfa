import { visibleLine } from '../util/visible-text.ts';
import { formatCell } from './format-cell.ts';
import type { ReportTable } from './report-table.ts';

/** A table as Markdown of GitHub's kind: a heading, the caption, the table. No text of it is taken for markup. */
export function toMarkdown({ title, caption, columns, rows }: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `### ${escapeMarkdown(title)}`,
    '',
    escapeMarkdown(caption),
    '',
    line(columns.map((column) => escapeMarkdown(column.title))),
    line(columns.map(({ kind }) => (kind === 'text' ? '---' : '---:'))),
    ...rows.map((row) =>
      line(
        columns.map(({ kind }, place) => {
          const cell = row[place] ?? null;
          const shown = formatCell(cell, kind);
          return typeof cell === 'string' ? escapeMarkdown(shown) : shown;
        }),
      ),
    ),
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text of which nothing is taken for Markdown or HTML, in one line. */
export function escapeMarkdown(text: string): string {
  return visibleLine(text)
    .replace(/[\\`*_{}[\]|$~]/g, '\\$&')
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}
