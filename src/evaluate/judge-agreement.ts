import type { JudgeAgreement } from '../contracts/study-evaluation.ts';
import { cohenKappa } from './cohen-kappa.ts';

/**
 * All pairs of judges, in their order.
 *
 * @param judges in the order wanted
 * @param labels of each candidate, one a judge; null = an invalid answer
 */
export function judgeAgreement(
  judges: readonly string[],
  labels: Iterable<readonly (0 | 1 | null)[]>,
): readonly JudgeAgreement[] {
  const pairs = judges.flatMap((first, i) =>
    judges
      .slice(i + 1)
      .map((second, offset) => ({ first, second, i, j: i + 1 + offset, counts: [0, 0, 0, 0] })),
  );
  for (const given of labels) {
    for (const { i, j, counts } of pairs) {
      const [a, b] = [given[i] ?? null, given[j] ?? null];
      if (a === null || b === null) continue;
      const cell = 2 * a + b;
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  return pairs.map(({ first, second, counts }) => {
    const [neither = 0, onlySecond = 0, onlyFirst = 0, both = 0] = counts;
    const candidates = neither + onlySecond + onlyFirst + both;
    const share = (count: number) => (candidates === 0 ? null : count / candidates);
    return {
      ...{ first, second, candidates },
      agreed: share(both + neither),
      kappa: cohenKappa({
        truePositives: both,
        falsePositives: onlySecond,
        falseNegatives: onlyFirst,
        trueNegatives: neither,
      }),
      bothCorrect: share(both),
      bothWrong: share(neither),
    };
  });
}
