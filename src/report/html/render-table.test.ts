import { expect, it } from 'vitest';
import type { ReportTable } from '../report-table.ts';
import { renderTable } from './render-table.ts';

const table: ReportTable = {
  id: 'an-example',
  title: 'An <example>',
  caption: 'Made & up.',
  columns: [
    { key: 'name', title: 'name', kind: 'text' },
    { key: 'kappa', title: 'kappa "of two"', kind: 'number' },
    { key: 'share', title: 'share', kind: 'share' },
  ],
  rows: [
    ['</td><script>alert(1)</script>', { value: 0.5, low: 0.25, high: 0.75 }, 0.125],
    ['\u001b[31m', null, { value: null, low: null, high: null }],
  ],
};

it('names the table, its rows and columns, and sorts by full numbers', () => {
  expect(renderTable(table, { isBesideFigure: false })).toBe(`<section class="table" id="table-an-example">
<h3>An &lt;example&gt;</h3>
<div class="scroll" role="region" aria-label="An &lt;example&gt;" tabindex="0"><table aria-describedby="caption-an-example">
<caption>An &lt;example&gt;</caption>
<thead><tr><th scope="col">name</th><th scope="col" class="number">kappa &quot;of two&quot;</th><th scope="col" class="number">share</th></tr></thead>
<tbody>
<tr><th scope="row" class="unbroken">&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;</th><td class="number" data-sort="0.5">0.500 <span class="interval">[0.250, 0.750]</span></td><td class="number" data-sort="0.125">12.5 %</td></tr>
<tr><th scope="row">\\x1b[31m</th><td class="number" data-sort="">-</td><td class="number" data-sort="">-</td></tr>
</tbody>
</table></div>
<p class="caption" id="caption-an-example">Made &amp; up.</p>
</section>
`);
});

it('folds what is long, and the numbers of a figure', () => {
  const long = { ...table, rows: Array.from({ length: 13 }, () => table.rows[0] ?? []) };
  expect(renderTable(long, { isBesideFigure: false })).toContain(
    '<h3>An &lt;example&gt;</h3>\n<details>\n<summary>The table (13 rows)',
  );
  const beside = renderTable(table, { isBesideFigure: true });
  expect(beside).toContain('<summary>The numbers: An &lt;example&gt; (2 rows)</summary>');
  expect(beside).not.toContain('<h3>');
});
