import type { StudyGeneratorReport, StudyReport } from '../../contracts/study-report.ts';
import { plural } from '../tables/caption-parts.ts';
import { differs, listed, number } from './words.ts';

/** Which judge agrees most with the tests on the candidates of a generator, how far from the next, and which judges say nothing. */
export function summariseJudges(report: StudyReport, { name, evaluation }: StudyGeneratorReport): string[] {
  const ranked = evaluation.judges
    .filter(({ metrics }) => metrics.kappa.value !== null)
    .sort((a, b) => (b.metrics.kappa.value ?? 0) - (a.metrics.kappa.value ?? 0));
  const constant = evaluation.judges.filter((judge) => judge.constant === true).map(({ judge }) => judge);
  const said =
    constant.length === 0
      ? []
      : [
          `${listed(constant)} ${constant.length === 1 ? 'gives' : 'give'} one answer to nearly all candidates of ${name}: such verdicts choose nothing.`,
        ];
  const [best, next] = ranked;
  if (best === undefined) {
    return evaluation.judges.length === 0
      ? []
      : [`No judge has a kappa on the candidates of ${name}.`, ...said];
  }
  const setting = report.judges.find((facts) => facts.name === best.judge)?.setting;
  const who = setting === undefined || setting === best.judge ? best.judge : `${best.judge} (${setting})`;
  const kappa = `kappa ${number(best.metrics.kappa)}, ${best.agreement ?? 'without a name'}`;
  const found =
    next === undefined
      ? `On the candidates of ${name} only ${who} has a kappa with the tests: ${kappa}.`
      : `Of ${plural(ranked.length, 'judge')} ${who} agrees most with the tests on the candidates of ${name}: ${kappa}. ${besideNext(evaluation, best.judge, next.judge)}`;
  return [found, ...said];
}

function besideNext(
  { judgeComparisons, judges }: StudyGeneratorReport['evaluation'],
  best: string,
  next: string,
): string {
  const kappa = judges.find(({ judge }) => judge === next)?.metrics.kappa ?? null;
  const text = `The next is ${next} with ${number(kappa)}`;
  const compared = judgeComparisons.find(
    ({ first, second }) => [first, second].includes(best) && [first, second].includes(next),
  );
  if (compared === undefined) return `${text}.`;
  const isFirst = compared.first === best;
  const { value, low, high } = compared.difference;
  const difference = isFirst
    ? compared.difference
    : { value: value === null ? null : -value, low: high, high: low };
  return `${text}. The share of right verdicts of ${best} is ${differs(difference, `that of ${next}`, { pValue: compared.adjusted.pValue, isAdjusted: true })}.`;
}
