import type { Estimate } from '../../contracts/judge-evaluation.ts';
import type { StudyGeneratorReport, StudyReport } from '../../contracts/study-report.ts';
import { plural } from '../tables/caption-parts.ts';
import { byRanker } from '../tables/choice-comparisons-table.ts';
import { waysOfChoosing } from '../tables/ways-of-choosing.ts';
import { differs, listed, share } from './words.ts';

/** What the best team comes to beside what it has to beat, out of the largest draws of a generator. */
export function summariseChoices(report: StudyReport, generator: StudyGeneratorReport): string[] {
  const n = Math.max(...report.config.candidates);
  const ways = waysOfChoosing(report, generator).flatMap((way) => {
    const estimate = way.passAt1.get(n);
    return estimate === undefined || estimate.value === null
      ? []
      : [{ ...way, estimate, value: estimate.value }];
  });
  const best = (some: typeof ways) => some.toSorted((a, b) => b.value - a.value)[0];
  const teams = ways.filter(({ kind }) => kind.startsWith('team of'));
  const chosen = best(teams.length > 0 ? teams : ways.filter(({ kind }) => kind === 'ranker'));
  if (chosen === undefined) return [];
  const oracle = ways.find(({ name }) => name === 'oracle');
  if (oracle?.value === 0)
    return [`No sample of ${generator.name} passes its tests: there is nothing to choose.`];
  const what = teams.length > 0 ? 'team' : 'ranker';
  const picked =
    (teams.length > 0 ? teams : ways).length > 1
      ? ` It is the best of several on these very tasks, which flatters it.`
      : '';
  const beside = comparisonsOf(generator, chosen.name, n);
  const lines = [
    `Out of ${n} samples of ${generator.name} the best ${what}, ${chosen.name}, reaches a pass@1 of ${share(chosen.estimate)}` +
      `${oracle === undefined ? '' : `; no choice among the same samples exceeds ${share(oracle.value)}`}.${beside.length === 0 ? '' : ` That is ${listed(beside)}.`}${picked}`,
  ];
  const rival = best(ways.filter(({ kind }) => kind === 'ranker'));
  if (what === 'team' && rival !== undefined && rival.value >= chosen.value && rival.name !== 'random') {
    const how = /^(judge|behaviour-clusters)\b/.test(rival.name) ? '' : 'asks no judge and ';
    lines.push(`No team is better than ${rival.name}, which ${how}reaches ${share(rival.estimate)}.`);
  }
  return lines;
}

/** What the best is compared with: chance, a single candidate, each ranker, each larger model. */
function comparisonsOf(
  { name: generator, choices, evaluation }: StudyGeneratorReport,
  name: string,
  n: number,
): string[] {
  const exact = new Set(choices.rows.filter(({ kind }) => kind === 'exact').map((row) => row.name));
  const expected = choices.comparisons
    .filter((entry) => entry.ranker === name && entry.n === n && exact.has(entry.baseline))
    .filter(({ baseline }) => baseline !== 'random (candidates)')
    .map(({ baseline, difference, adjusted }) =>
      differs(difference, EXPECTATIONS[baseline] ?? baseline, { pValue: adjusted, isAdjusted: true }),
    );
  const measured = evaluation.choiceComparisons
    .map((comparison) => byRanker(comparison, generator))
    .filter(({ first, second, n: sizes }) => sizes?.first === n && (first === name || second === name))
    .filter(({ first, second }) => [first, second].some((other) => BASELINES.includes(other)))
    .map(({ first, second, difference, adjusted }) =>
      first === name
        ? differs(difference, second, { pValue: adjusted.pValue, isAdjusted: true })
        : differs(negated(difference), first, { pValue: adjusted.pValue, isAdjusted: true }),
    );
  const large = evaluation.largeComparisons
    .filter(({ first, n: sizes }) => first === name && sizes?.first === n)
    .map(({ second, difference, adjusted }) =>
      differs(difference, `the larger model ${second}`, { pValue: adjusted.pValue, isAdjusted: true }),
    );
  return [...expected, ...measured, ...large];
}

const EXPECTATIONS: Readonly<Record<string, string>> = {
  'single candidate': 'a single candidate',
  'random (samples)': 'random choice',
};

/** Rankers that a summary names: what costs nothing, and what the paper compares with. */
const BASELINES = ['multiplicity', 'log-likelihood'];

function negated({ value, low, high }: Estimate): Estimate {
  const minus = (end: number | null) => (end === null ? null : -end);
  return { value: minus(value), low: minus(high), high: minus(low) };
}

/** What was measured, in a sentence. */
export function summariseStudy({ tasks, generators, judges, config }: StudyReport): string {
  const languages = listed(tasks.languages.map(({ language, tasks: count }) => `${count} in ${language}`));
  return (
    `${plural(tasks.count, 'task')} (${languages}), candidates of ${listed(generators.map(({ name }) => name))}` +
    `${judges.length === 0 ? ', no judges' : `, ${plural(judges.length, 'judge')}`}; ${plural(config.repetitions, 'draw')} a task of ` +
    `${listed(config.candidates.map(String))} samples, seed ${config.seed}.`
  );
}
