import type { JudgeErrors } from '../contracts/study-evaluation.ts';

/** A candidate that ran: how it ended, the kind of its feedback, and what each judge says of it; null = no valid verdict. */
export interface JudgedOutcome {
  readonly outcome: string;
  readonly kind: string | null;
  readonly labels: readonly (0 | 1 | null)[];
}

/** Categories beyond these are counted together. */
const MOST_CATEGORIES = 10;
const OTHER_CATEGORIES = 'others';

/**
 * Which failures judges take for right: how often each says "correct" of the candidates of each category, the most frequent categories first
 * (equal ones by name), of which `passed` is one.
 */
export function judgeErrors(
  judges: readonly string[],
  candidates: readonly JudgedOutcome[],
): readonly JudgeErrors[] {
  const groups = [...Map.groupBy(candidates, ({ outcome, kind }) => JSON.stringify([outcome, kind]))].sort(
    ([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1),
  );
  const shown = groups.slice(0, MOST_CATEGORIES).map(([, group]) => group);
  const rest = groups.slice(MOST_CATEGORIES).flatMap(([, group]) => group);
  const others = rest.map((candidate) => ({ ...candidate, outcome: OTHER_CATEGORIES, kind: null }));
  return [...shown, ...(others.length === 0 ? [] : [others])].flatMap((group) =>
    judges.map((judge, index): JudgeErrors => {
      const labels = group.flatMap(({ labels: given }) => given[index] ?? []);
      return {
        judge,
        outcome: group[0]?.outcome ?? '',
        kind: group[0]?.kind ?? null,
        candidates: group.length,
        judged: labels.length,
        saysCorrect: labels.filter((label) => label === 1).length,
      };
    }),
  );
}
