import type { Estimate } from '../../contracts/judge-evaluation.ts';
import type { RankComparison, RankResult, RankRow } from '../../contracts/rank-result.ts';
import { plural, renderTable, withCommas } from './table.ts';

/** The table of `codejury rank` for people: pass@1 with its interval, and p-values against what is to be beaten. */
export function rankReport(result: RankResult): string {
  const { least, most } = result.poolSizes;
  const pool = least === most ? String(least) : `${least} to ${most}`;
  const head =
    `${plural(result.tasks, 'task')}, ${plural(result.samples, 'sample')}: ${plural(result.candidates, 'distinct candidate')}, ` +
    `${withCommas(result.rejectedSamples)} samples without one; ` +
    `${result.repetitions} draws a task without replacement, pool of ${pool}, seed ${result.seed}`;
  return [
    head,
    '',
    ...result.sizes.flatMap((size) => sizeTable(result, size)),
    ...legend(result),
    ...result.notices.map((notice) => `note: ${notice}`),
    result.out,
  ].join('\n');
}

function sizeTable({ rows, comparisons }: RankResult, size: number): string[] {
  const ofSize = rows.filter(({ n }) => n === size);
  if (ofSize.length === 0) return [];
  const compared = comparisons.filter(({ n }) => n === size);
  const baselines = [...new Set(compared.map(({ baseline }) => baseline))];
  const p = baselines.map((baseline) => `p: ${baseline}`);
  const cells = (row: RankRow) => [
    row.name,
    percent(row.passAt1.value),
    interval(row.passAt1),
    row.tied === null ? '' : percent(row.tied),
    ...baselines.map((baseline) => comparison(compared, row.name, baseline)),
  ];
  return [renderTable([`best of ${size}`, 'pass@1', '95 %', 'tied', ...p], ofSize.map(cells)), ''];
}

/** What each row looks at; the same for all sizes. */
function legend({ rows, sizes }: RankResult): string[] {
  const lines = rows.filter(({ n }) => n === sizes[0]).map(({ name, how }) => `${name}: ${how}`);
  return lines.length === 0
    ? []
    : [
        ...lines,
        'tied: draws in which the best score was shared. p: two-sided, permutation over tasks, and in brackets adjusted (Benjamini and Hochberg); + better, - worse than it.',
        '',
      ];
}

function comparison(all: readonly RankComparison[], ranker: string, baseline: string): string {
  const found = all.find((entry) => entry.ranker === ranker && entry.baseline === baseline);
  if (found?.pValue == null) return '';
  const sign = Math.sign(found.difference.value ?? 0);
  return `${sign > 0 ? '+' : sign < 0 ? '-' : '='} ${digits(found.pValue)} (${digits(found.adjusted ?? 1)})`;
}

function digits(pValue: number): string {
  return pValue < 0.0001 ? '<0.0001' : pValue.toFixed(4);
}

function interval({ low, high }: Estimate): string {
  return low === null || high === null ? '-' : `${percent(low)} to ${percent(high)}`;
}

function percent(share: number | null): string {
  return share === null ? '-' : (100 * share).toFixed(1);
}
