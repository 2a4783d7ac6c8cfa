import type { Comparison } from '../../contracts/comparison.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { drawnHow, intervalsHow } from './caption-parts.ts';
import { type ComparedRow, comparisonTable } from './comparison-table.ts';

/** All pairs of teams and rankers, on the same draws. */
export function choiceComparisonsTable(report: StudyReport): ReportTable {
  return comparisonTable(
    {
      id: 'choice-comparisons',
      title: 'Ways of choosing against one another',
      outcomes: 'draws',
      kind: 'choices',
      about: `All pairs of teams and rankers, draw by draw; the difference is of pass@1, tasks weigh the same. ${drawnHow(report)} ${intervalsHow(report)}`,
    },
    report.generators.flatMap(({ name: generator, evaluation }) =>
      evaluation.choiceComparisons
        .map((comparison): ComparedRow => ({ generator, comparison: byRanker(comparison, generator) }))
        .sort((a, b) => sizeOf(a) - sizeOf(b)),
    ),
  );
}

function sizeOf({ comparison }: ComparedRow): number {
  return comparison.n?.first ?? 0;
}

/** A comparison by the names of the rankers: those of selections name file and size, too (`GENERATOR.jsonl: RANKER, best of N`). */
export function byRanker(comparison: Comparison, generator: string): Comparison {
  const short = (name: string, n: number | undefined) => {
    const [before, after] = [`${generator}.jsonl: `, `, best of ${n}`];
    return name.startsWith(before) && name.endsWith(after) ? name.slice(before.length, -after.length) : name;
  };
  const { first, second, n } = comparison;
  return { ...comparison, first: short(first, n?.first), second: short(second, n?.second) };
}
