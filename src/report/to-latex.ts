import { visibleLine } from '../util/visible-text.ts';
import { columnPanels } from './column-panels.ts';
import { formatCell } from './format-cell.ts';
import type { ReportCell, ReportTable } from './report-table.ts';

/** Characters that a line has room for in its usual size, and set small. */
const WIDEST = { usual: 60, small: 100 };
/** Between two columns, in characters. */
const GAP = 2;

/**
 * A table as a LaTeX float that needs no package but booktabs, with its caption and the label `tab:ID`. A wide one is set small, over both
 * columns of a page, and in several panels below one another if it has to be. No text of it is taken for a command; characters that
 * LaTeX's usual fonts lack are named (`U+4E2D`).
 */
export function toLatex({ id, title, caption, columns, rows }: ReportTable): string {
  const shown = rows.map((row) => columns.map(({ kind }, place) => formatCell(row[place] ?? null, kind)));
  const sizes = columns.map(({ kind, title: name }, place) => ({
    width: Math.max(name.length, ...shown.map((cells) => cells[place]?.length ?? 0)) + GAP,
    isText: kind === 'text',
  }));
  const isWide = sizes.reduce((sum, { width }) => sum + width, 0) > WIDEST.usual;
  const float = isWide ? 'table*' : 'table';
  const head = columns.map((column) => escaped(column.title));
  const body = rows.map((row, line) =>
    columns.map((_, place) => latexCell(row[place] ?? null, shown[line]?.[place] ?? '')),
  );
  const panels = columnPanels(sizes, WIDEST.small).map((places) => {
    const alignment = places.map((place) => (sizes[place]?.isText ? 'l' : 'r')).join('');
    const line = (cells: readonly string[]) => `${places.map((place) => cells[place]).join(' & ')} \\\\`;
    return [
      `\\begin{tabular}{@{}${alignment}@{}}`,
      '\\toprule',
      line(head),
      '\\midrule',
      ...body.map(line),
      '\\bottomrule',
      '\\end{tabular}',
    ].join('\n');
  });
  return [
    `\\begin{${float}}[htbp]`,
    '\\centering',
    `\\caption[{${escaped(title)}}]{${escaped(title)}. ${escaped(caption)}}`,
    `\\label{tab:${id}}`,
    ...(isWide ? ['\\scriptsize', '\\setlength{\\tabcolsep}{3pt}'] : []),
    panels.join('\n\\par\\medskip\n'),
    `\\end{${float}}`,
    '',
  ].join('\n');
}

function latexCell(cell: ReportCell, shown: string): string {
  if (cell === null) return '--';
  return typeof cell === 'string' ? escaped(shown) : withMinus(escaped(shown));
}

/** A hyphen before a number is a minus. */
function withMinus(numbers: string): string {
  return numbers.replace(/-(?=[\d.\\])/g, '$-$');
}

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '`': '\\textasciigrave{}',
  "'": '\\textquotesingle{}',
  '"': "''",
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  // After the end of a line these would be its options.
  '[': '{[}',
  '*': '{*}',
};

/** Beyond ASCII what every LaTeX since 2020 sets, in any of its engines. */
const KNOWN = /[À-ÏÑ-ÖØ-Ýß-ïñ-öø-ýÿ§±×÷°½·–—‘’“”…]/u;

function escaped(text: string): string {
  return visibleLine(text)
    .replace(/[\\~^`'"<>|[*]|[#$%&_{}]/g, (character) => COMMANDS[character] ?? `\\${character}`)
    .replace(/-(?=-)/g, '-{}')
    .replace(/[^\x20-\x7e]/gu, (character) =>
      KNOWN.test(character)
        ? character
        : `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    );
}
