import { seededRandom } from '../util/random.ts';

/** What choosing needs to know of a candidate. */
interface Chosen {
  readonly taskId: string;
  readonly label: 0 | 1;
}

export interface ChoiceRules {
  readonly seed: number;
  /** At most so many; null = all. */
  readonly limit: number | null;
  /** At most as many of a task's larger class as of its smaller one: a task with one class has none left. */
  readonly balanceTasks: boolean;
}

/** The candidates to train on, in the order they came; which ones are left out is drawn with the seed. */
export function chooseRows<T extends Chosen>(candidates: readonly T[], rules: ChoiceRules): readonly T[] {
  const random = seededRandom(rules.seed);
  const ranked = candidates.map((candidate, index) => ({ candidate, index, rank: random() }));
  ranked.sort((a, b) => a.rank - b.rank);
  const kept = rules.balanceTasks ? balanced(ranked) : ranked;
  return kept
    .slice(0, rules.limit ?? kept.length)
    .sort((a, b) => a.index - b.index)
    .map(({ candidate }) => candidate);
}

function balanced<R extends { readonly candidate: Chosen }>(ranked: readonly R[]): readonly R[] {
  const left = new Map<string, [number, number]>();
  for (const [taskId, rows] of Map.groupBy(ranked, ({ candidate }) => candidate.taskId)) {
    const correct = rows.filter(({ candidate }) => candidate.label === 1).length;
    const each = Math.min(correct, rows.length - correct);
    left.set(taskId, [each, each]);
  }
  return ranked.filter(({ candidate: { taskId, label } }) => {
    const counts = left.get(taskId);
    if (counts === undefined || counts[label] === 0) return false;
    counts[label] -= 1;
    return true;
  });
}
