import { visibleLine } from '../util/visible-text.ts';
import { formatCell } from './format-cell.ts';
import type { ReportTable } from './report-table.ts';

/** Columns that a page has room for in its usual size. */
const NARROW = 6;

/**
 * A table as a LaTeX float that needs no package but booktabs, with its caption and the label `tab:ID`. Wide ones are set small and
 * over both columns of a page. No text of it is taken for a command; characters that LaTeX's usual fonts lack are named (`U+4E2D`).
 */
export function toLatex({ id, title, caption, columns, rows }: ReportTable): string {
  const isWide = columns.length > NARROW;
  const float = isWide ? 'table*' : 'table';
  const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  return [
    `\\begin{${float}}[htbp]`,
    '\\centering',
    `\\caption[{${escaped(title)}}]{${escaped(title)}. ${escaped(caption)}}`,
    `\\label{tab:${id}}`,
    ...(isWide ? ['\\scriptsize', '\\setlength{\\tabcolsep}{3pt}'] : []),
    `\\begin{tabular}{@{}${columns.map(({ kind }) => (kind === 'text' ? 'l' : 'r')).join('')}@{}}`,
    '\\toprule',
    line(columns.map((column) => escaped(column.title))),
    '\\midrule',
    ...rows.map((row) =>
      line(
        columns.map(({ kind }, place) => {
          const cell = row[place] ?? null;
          const shown = formatCell(cell, kind);
          return typeof cell === 'string' ? escaped(shown) : cell === null ? '--' : withMinus(escaped(shown));
        }),
      ),
    ),
    '\\bottomrule',
    '\\end{tabular}',
    `\\end{${float}}`,
    '',
  ].join('\n');
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
