import { expect, it } from 'vitest';
import type { ReportCell, ReportTable } from './report-table.ts';
import { toLatex } from './to-latex.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

function tableOf(cells: readonly ReportCell[], kind: ReportTable['columns'][number]['kind']): ReportTable {
  return {
    id: 'an-example',
    title: 'An example',
    caption: '100 % made up.',
    columns: cells.map((_, i) => ({ key: NAMES[i] ?? '', title: NAMES[i] ?? '', kind })),
    rows: [cells],
  };
}

it('writes a float with caption and label', () => {
  expect(
    toLatex({
      id: 'an-example',
      title: 'An example',
      caption: '100 % made up.',
      columns: [
        { key: 'name', title: 'name', kind: 'text' },
        { key: 'difference', title: 'difference', kind: 'share' },
        { key: 'p', title: 'p', kind: 'p-value' },
      ],
      rows: [
        ['a_b', { value: -0.012, low: -0.031, high: 0.004 }, 0],
        ['-', null, null],
      ],
    }),
  ).toBe(`\\begin{table}[htbp]
\\centering
\\caption[{An example}]{An example. 100 \\% made up.}
\\label{tab:an-example}
\\begin{tabular}{@{}lrr@{}}
\\toprule
name & difference & p \\\\
\\midrule
a\\_b & $-$1.2 \\% {[}$-$3.1, 0.4] & \\textless{}0.001 \\\\
- & -- & -- \\\\
\\bottomrule
\\end{tabular}
\\end{table}
`);
});

it('sets wide tables small, over both columns', () => {
  const latex = toLatex(tableOf(['x'.repeat(30), 'y'.repeat(30)], 'text'));
  expect(latex).toContain('\\begin{table*}[htbp]');
  expect(latex).toContain('\\scriptsize');
  expect(latex).toContain('\\end{table*}');
});

it('sets what is too wide even so in panels, each with the texts that come first', () => {
  const estimate = { value: 0.5, low: 0.25, high: 0.75 };
  const { columns, rows, ...facts } = tableOf(Array(7).fill(estimate), 'number');
  const latex = toLatex({
    ...facts,
    columns: [{ key: 'judge', title: 'judge', kind: 'text' }, ...columns],
    rows: rows.map((row) => ['some judge', ...row]),
  });
  expect(latex.match(/\\begin\{tabular\}\{.*\}/g)).toEqual([
    '\\begin{tabular}{@{}lrrrr@{}}',
    '\\begin{tabular}{@{}lrrr@{}}',
  ]);
  expect(latex.match(/^some judge & .*$/gm)).toHaveLength(2);
  expect(latex).toContain('\\end{tabular}\n\\par\\medskip\n\\begin{tabular}');
});

it.each([
  ['50 % of $5 & #1', '50 \\% of \\$5 \\& \\#1'],
  ['\\input{x}', '\\textbackslash{}input\\{x\\}'],
  ['~^', '\\textasciitilde{}\\textasciicircum{}'],
  ['[x] *', '{[}x] {*}'],
  ['--flag ---', '-{}-flag -{}-{}-'],
  ['a < b > c | d', 'a \\textless{} b \\textgreater{} c \\textbar{} d'],
  ['`it\'s "so"`', "\\textasciigrave{}it\\textquotesingle{}s ''so''\\textasciigrave{}"],
  ['größer – ½', 'größer – ½'],
  ['中 😀', 'U+4E2D U+1F600'],
  ['a\nb', 'a b'],
])('the text %j is written %j', (text, written) => {
  expect(toLatex(tableOf([text], 'text'))).toContain(`\\midrule\n${written} \\\\\n`);
});

it('dollars are no mathematics', () => {
  expect(toLatex(tableOf([-17_500], 'dollars'))).toContain('$-$\\$17,500.00 \\\\');
});
