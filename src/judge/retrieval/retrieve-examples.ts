import { CodejuryError } from '../../errors.ts';
import type { Example, ExampleIndex, Neighbour } from './example-index.ts';

/** What examples are wanted for: an implementation, by what codeTokens gives for its code, and the task it is for. */
export interface ExampleQuery {
  readonly taskId: string;
  /** Tasks of the index that are about the same as that one, itself not named. */
  readonly sameAs?: ReadonlySet<string>;
  readonly tokens: readonly string[];
}

/** One example of each label for a few-shot prompt. */
export interface RetrievedExamples<E extends Example> {
  readonly correct: Neighbour<E>;
  readonly incorrect: Neighbour<E>;
}

/**
 * The implementation that is most similar to the query, whatever its label, and the most similar one of the opposite label in
 * the same task, or anywhere when that task has none. Never one of the query's own task, or of one about the same. Nothing is random; the index says
 * how ties are decided.
 *
 * @throws {CodejuryError} `usage` when the tasks other than the query's lack a label.
 * @see arXiv 2602.11911, few-shot examples
 */
export function retrieveExamples<E extends Example>(
  query: ExampleQuery,
  index: ExampleIndex<E>,
): RetrievedExamples<E> {
  const comparison = index.compare(query.tokens);
  const others = { excludeTasks: new Set([query.taskId, ...(query.sameAs ?? [])]) };
  const first = comparison.nearest(others);
  const label = first?.example.label === 1 ? 0 : 1;
  const second =
    first === null
      ? null
      : (comparison.nearest({ ...others, task: first.example.taskId, label }) ??
        comparison.nearest({ ...others, label }));
  if (first === null || second === null) {
    throw new CodejuryError(
      'usage',
      first === null
        ? `there is no example of a task other than ${query.taskId}`
        : `all examples of tasks other than ${query.taskId} are ${label === 1 ? 'incorrect' : 'correct'}`,
      { hint: 'few-shot judging needs correct and incorrect candidates of other tasks as examples' },
    );
  }
  return label === 0 ? { correct: first, incorrect: second } : { correct: second, incorrect: first };
}
