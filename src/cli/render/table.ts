import Table from 'cli-table3';
import { visibleLine } from '../../util/visible-text.ts';

/** No ruled lines: columns alone are easier to read and to cut. */
const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((place) => [place, '']),
);

/** Columns of text under their heads, without lines around them. Whatever a cell says, its row is one line. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: head.map(visibleLine),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    chars: { ...NO_LINES, middle: ' ' },
  });
  for (const row of rows) table.push(row.map(visibleLine));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Three decimals; `-` for unknown. */
export function renderNumber(value: number | null): string {
  return value === null ? '-' : value.toFixed(3);
}

/** `5,200`, whatever the locale. */
export function withCommas(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 sample`, `2 samples`. */
export function plural(count: number, noun: string): string {
  return `${withCommas(count)} ${noun}${count === 1 ? '' : 's'}`;
}
