import { type Comparison, PERMUTATIONS } from '../../contracts/comparison.ts';
import type { ReportTable } from '../report-table.ts';
import { withCommas } from '../with-commas.ts';
import { buildTable, type Field } from './build-table.ts';

/** A comparison on the candidates of one generator. */
export interface ComparedRow {
  readonly generator: string;
  readonly comparison: Comparison;
}

/** What a table of comparisons is called, and of what it is. */
export interface ComparisonTableFacts {
  readonly id: string;
  readonly title: string;
  /** What is right or wrong, e.g. `candidates`. */
  readonly outcomes: string;
  readonly kind: 'judges' | 'choices';
  /** Sentences about what is compared, before those about the tests. */
  readonly about: string;
}

/** Comparisons with the p-value that claims rest on, and McNemar's test beside it. */
export function comparisonTable(
  { id, title, outcomes, kind, about }: ComparisonTableFacts,
  rows: readonly ComparedRow[],
): ReportTable {
  const ofKind: readonly Field<ComparedRow>[] =
    kind === 'judges'
      ? [
          [
            'kappa_difference',
            'difference of kappa',
            'number',
            ({ comparison }) => comparison.kappaDifference,
          ],
        ]
      : [];
  return buildTable(
    { id, title, caption: `${about} ${testsHow(rows, outcomes)}` },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ...(kind === 'choices' ? [SIZE] : []),
      ['first', 'first', 'text', ({ comparison }) => comparison.first],
      ['second', 'second', 'text', ({ comparison }) => comparison.second],
      ['difference', 'difference', 'share', ({ comparison }) => comparison.difference],
      ...ofKind,
      ['p', 'p over tasks', 'p-value', ({ comparison }) => comparison.pValue],
      ['p_adjusted', 'adjusted', 'p-value', ({ comparison }) => comparison.adjusted.pValue],
      ['odds_ratio', 'odds ratio', 'number', oddsRatio],
      ['haldane', 'Haldane', 'text', ({ comparison }) => (comparison.mcnemar.corrected ? 'yes' : 'no')],
      ['mcnemar_form', 'McNemar', 'text', ({ comparison }) => comparison.mcnemar.method],
      ['mcnemar_chi_square', 'chi-square', 'number', chiSquare],
      ['mcnemar_p', 'McNemar p', 'p-value', ({ comparison }) => comparison.mcnemar.pValue],
      ['mcnemar_p_adjusted', 'McNemar adjusted', 'p-value', ({ comparison }) => comparison.adjusted.mcnemar],
      ['tasks', 'tasks', 'count', ({ comparison }) => comparison.tasks],
      ['outcomes', outcomes, 'count', ({ comparison }) => comparison.outcomes],
      ['left_out', 'left out', 'count', ({ comparison }) => comparison.leftOut],
      ['both', 'both right', 'count', ({ comparison }) => comparison.both],
      ['only_first', 'only first', 'count', ({ comparison }) => comparison.onlyFirst],
      ['only_second', 'only second', 'count', ({ comparison }) => comparison.onlySecond],
      ['neither', 'neither', 'count', ({ comparison }) => comparison.neither],
    ],
    rows,
  );
}

const SIZE: Field<ComparedRow> = [
  'n',
  'samples a draw',
  'count',
  ({ comparison }) => comparison.n?.first ?? null,
];

function testsHow(rows: readonly ComparedRow[], outcomes: string): string {
  const families = [...Map.groupBy(rows, ({ generator }) => generator).values()].map(({ length }) => length);
  return (
    `Differences are the first minus the second, those of shares in percentage points. p over tasks: two-sided, by permutation over tasks (${withCommas(PERMUTATIONS)}); claims rest on it. McNemar takes ` +
    `${outcomes} for independent, which those of one task are not: exact (binomial) below 25 that only one gets right, else chi-square with ` +
    'correction for continuity. Adjusted: Benjamini and Hochberg, over all comparisons of this table on candidates of the same writer ' +
    `(${[...new Set(families)].join(', ')}). Odds ratio: only first over only second, with its 95 % Wald interval; Haldane: one of the two is 0 and ½ was added to both.`
  );
}

function chiSquare({ comparison: { mcnemar } }: ComparedRow): number | null {
  return mcnemar.method === 'exact' ? null : (mcnemar.correctedChiSquare?.statistic ?? null);
}

function oddsRatio({ comparison: { mcnemar } }: ComparedRow) {
  return { value: mcnemar.oddsRatio, low: mcnemar.low, high: mcnemar.high };
}
