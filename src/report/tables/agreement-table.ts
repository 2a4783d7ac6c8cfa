import type { Comparison } from '../../contracts/comparison.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { measuredOn } from './caption-parts.ts';

/**
 * How often two judges say the same, and how often both are wrong: judges that err together add little to one another. Both right
 * or both wrong about a candidate is to say the same of it.
 */
export function agreementTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'judge-agreement',
      title: 'Agreement between judges',
      caption:
        'Candidates that both gave a valid verdict about: share of equal verdicts, share that both are wrong about, and that share if their mistakes had ' +
        `nothing to do with one another (product of their shares of mistakes). Measured. ${measuredOn(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['first', 'first', 'text', ({ pair }) => pair.first],
      ['second', 'second', 'text', ({ pair }) => pair.second],
      ['candidates', 'candidates', 'count', ({ pair }) => pair.outcomes],
      ['agreement', 'same verdict', 'share', ({ pair }) => share(pair, pair.both + pair.neither)],
      ['both_wrong', 'both wrong', 'share', ({ pair }) => share(pair, pair.neither)],
      ['both_wrong_expected', 'both wrong by chance', 'share', ({ pair }) => expectedBothWrong(pair)],
    ],
    report.generators.flatMap(({ name: generator, evaluation }) =>
      evaluation.judgeComparisons.map((pair) => ({ generator, pair })),
    ),
  );
}

function expectedBothWrong(pair: Comparison): number | null {
  const first = share(pair, pair.onlySecond + pair.neither);
  const second = share(pair, pair.onlyFirst + pair.neither);
  return first === null || second === null ? null : first * second;
}

function share({ outcomes }: Comparison, count: number): number | null {
  return outcomes === 0 ? null : count / outcomes;
}
