import type { Comparison } from '../../contracts/comparison.ts';
import { withInterval } from './estimate.ts';
import { renderNumber, renderTable, withCommas } from './table.ts';

/**
 * Comparisons for people: the difference and the p-value that claims rest on, then McNemar's test beside it. Empty without any.
 *
 * @param outcomes what is right or wrong, e.g. `candidates`
 */
export function comparisonTables(comparisons: readonly Comparison[], outcomes: string): string[] {
  if (comparisons.length === 0) return [];
  const byKappa = comparisons.some(({ kappaDifference }) => kappaDifference !== null);
  const hasHaldane = comparisons.some(({ mcnemar }) => mcnemar.corrected);
  const several = comparisons.length > 1;
  const adjusted = (cell: string) => (several ? [cell] : []);
  const name = ({ first, second }: Comparison) => `${first} - ${second}`;
  return [
    '',
    'differences, the first minus the second',
    renderTable(
      ['', outcomes, 'share right', ...(byKappa ? ['kappa'] : []), 'p over tasks', ...adjusted('adjusted')],
      comparisons.map((comparison) => [
        name(comparison),
        withCommas(comparison.outcomes),
        withInterval(comparison.difference),
        ...(byKappa
          ? [comparison.kappaDifference === null ? '-' : withInterval(comparison.kappaDifference)]
          : []),
        renderPValue(comparison.pValue),
        ...adjusted(renderPValue(comparison.adjusted.pValue)),
      ]),
    ),
    '',
    `the same, with ${outcomes} taken for independent, which those of one task are not`,
    renderTable(
      ['', 'only first', 'only second', 'McNemar', '', ...adjusted('adjusted'), 'odds ratio'],
      comparisons.map(({ mcnemar, ...comparison }) => [
        name({ mcnemar, ...comparison }),
        withCommas(comparison.onlyFirst),
        withCommas(comparison.onlySecond),
        renderPValue(mcnemar.pValue),
        mcnemar.method === 'exact'
          ? 'exact'
          : `chi-square ${renderNumber(mcnemar.correctedChiSquare?.statistic ?? 0)}`,
        ...adjusted(renderPValue(comparison.adjusted.mcnemar)),
        `${withInterval({ value: mcnemar.oddsRatio, low: mcnemar.low, high: mcnemar.high })}${mcnemar.corrected ? '*' : ''}`,
      ]),
    ),
    '',
    'p over tasks: two-sided, by permutation over tasks; claims rest on it. McNemar: exact below 25 of which only one is right, else chi-square with',
    `correction for continuity.${several ? ` adjusted: Benjamini and Hochberg, over ${comparisons.length} comparisons.` : ''}${hasHaldane ? ' *: ½ added to both counts, one of which is 0 (Haldane).' : ''}`,
  ];
}

/** Four decimals; `-` for unknown. */
function renderPValue(pValue: number | null): string {
  if (pValue === null) return '-';
  return pValue < 0.0001 ? '<0.0001' : pValue.toFixed(4);
}
