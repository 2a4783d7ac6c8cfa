import type { Comparison } from '../../contracts/comparison.ts';
import type { JudgeAgreement } from '../../contracts/study-evaluation.ts';
import type { StudyReport } from '../../contracts/study-report.ts';
import type { ReportTable } from '../report-table.ts';
import { buildTable } from './build-table.ts';
import { measuredOn } from './caption-parts.ts';

/** How often two judges say the same, and how often both are mistaken: judges that err together add little to one another. */
export function agreementTable(report: StudyReport): ReportTable {
  return buildTable(
    {
      id: 'judge-agreement',
      title: 'Agreement between judges',
      caption:
        'Candidates that both gave a valid verdict about: share of equal verdicts, kappa of the two (not of judge and tests), and what they agree on. Both mistaken: ' +
        'share of the candidates, beside what it would be if their mistakes had nothing to do with one another (product of their shares of mistakes). ' +
        `Measured. ${measuredOn(report)}`,
    },
    [
      ['generator', 'candidates of', 'text', ({ generator }) => generator],
      ['first', 'first', 'text', ({ pair }) => pair.first],
      ['second', 'second', 'text', ({ pair }) => pair.second],
      ['candidates', 'candidates', 'count', ({ pair }) => pair.candidates],
      ['agreed', 'same verdict', 'share', ({ pair }) => pair.agreed],
      ['kappa', 'kappa of the two', 'number', ({ pair }) => pair.kappa],
      ['both_correct', 'both say correct', 'share', ({ pair }) => pair.bothCorrect],
      ['both_wrong', 'both say wrong', 'share', ({ pair }) => pair.bothWrong],
      [
        'both_mistaken',
        'both mistaken',
        'share',
        ({ compared }) => share(compared, ({ neither }) => neither),
      ],
      ['both_mistaken_by_chance', 'both mistaken by chance', 'share', ({ compared }) => byChance(compared)],
    ],
    report.generators.flatMap(({ name: generator, evaluation }) =>
      evaluation.agreement.map((pair) => ({
        generator,
        pair,
        compared: comparisonOf(pair, evaluation.judgeComparisons),
      })),
    ),
  );
}

function comparisonOf(pair: JudgeAgreement, comparisons: readonly Comparison[]): Comparison | null {
  return comparisons.find(({ first, second }) => first === pair.first && second === pair.second) ?? null;
}

function byChance(compared: Comparison | null): number | null {
  const first = share(compared, ({ onlySecond, neither }) => onlySecond + neither);
  const second = share(compared, ({ onlyFirst, neither }) => onlyFirst + neither);
  return first === null || second === null ? null : first * second;
}

function share(compared: Comparison | null, of: (compared: Comparison) => number): number | null {
  return compared === null || compared.outcomes === 0 ? null : of(compared) / compared.outcomes;
}
