import { type DescribedTask, groupProblems } from './problem-groups.ts';

/**
 * By task id the first id, in the order of UTF-16 code units, of the tasks that are about the same (see groupProblems): its own where
 * there is no other. For folds, which keep these together and must not change where there are none.
 */
export function firstOfProblem(tasks: readonly DescribedTask[]): ReadonlyMap<string, string> {
  const { of } = groupProblems(tasks);
  const first = new Map<string, string>();
  for (const [id, group] of of) {
    const known = first.get(group);
    if (known === undefined || id < known) first.set(group, id);
  }
  return new Map(of.entries().map(([id, group]) => [id, first.get(group) ?? id]));
}
