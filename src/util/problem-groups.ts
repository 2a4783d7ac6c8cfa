import { hashParts } from './hash.ts';
import { problemOf } from './problem-of.ts';

/** What tells whether two tasks are about the same: see Task. */
export interface DescribedTask {
  readonly id: string;
  readonly problem: string | null;
  readonly description: string;
  readonly signature: string;
}

/** Tasks divided by what they are about. */
export interface ProblemGroups {
  /**
   * By task id the name of its group: the problem of its tasks, the first in the order of UTF-16 code units where they have
   * several.
   */
  readonly of: ReadonlyMap<string, string>;
  /**
   * The groups that a task is about, one of those that were divided or another: by problem, words or its id. None where it is
   * about something else.
   */
  readonly about: (task: DescribedTask) => ReadonlySet<string>;
}

/**
 * What a task is about, as keys: tasks that share one are about the same. The first is its problem, the second stands for
 * description and signature, in which blanks and line breaks do not count: whoever reads both cannot tell such tasks apart.
 */
export function problemKeys(task: DescribedTask): readonly [problem: string, words: string] {
  const description = task.description.trim().replace(/\s+/g, ' ');
  const signature = task.signature
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\w ]) ?/g, '$1');
  return [problemOf(task), `words ${hashParts(description, signature)}`];
}

/**
 * Puts tasks together that are about the same, directly or by way of others: those of one problem, and those of equal words
 * whatever their problem. The order of the tasks does not matter.
 */
export function groupProblems(tasks: readonly DescribedTask[]): ProblemGroups {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    if (root !== key) parents.set(key, root);
    return root;
  };
  const keys = new Map(tasks.map((task) => [task.id, problemKeys(task)]));
  for (const [problem, words] of keys.values()) {
    const [a, b] = [rootOf(problem), rootOf(words)];
    if (a !== b) parents.set(b, a);
  }
  const names = new Map<string, string>();
  for (const [problem] of keys.values()) {
    const root = rootOf(problem);
    const name = names.get(root);
    if (name === undefined || problem < name) names.set(root, problem);
  }
  const nameOf = (key: string) => names.get(rootOf(key));
  const of = new Map(keys.entries().map(([id, [problem]]) => [id, nameOf(problem) ?? problem]));
  return {
    of,
    about: (task) =>
      new Set([of.get(task.id), ...problemKeys(task).map(nameOf)].filter((name) => name !== undefined)),
  };
}
