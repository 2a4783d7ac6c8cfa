import { DEFAULT_EPSILON } from './crystal-bleu.ts';
import { createNgramSearch, type ScoredText } from './ngram-search.ts';
import { DEFAULT_TRIVIAL_COUNT } from './trivial-ngrams.ts';

/** A labelled implementation of a training task. */
export interface Example {
  /** Of the candidate; decides between equally similar ones of one task. */
  readonly id: string;
  readonly taskId: string;
  /** 1 = passes the tests of its task, 0 = fails them. */
  readonly label: 0 | 1;
  /** What codeTokens gives for its code. */
  readonly tokens: readonly string[];
}

export interface Neighbour<E extends Example> {
  readonly example: E;
  /** CrystalBLEU with the query as hypothesis and the example as reference, 0 to 1. */
  readonly similarity: number;
}

/** Which examples may be the nearest; what is left out allows all. */
export interface ExampleFilter {
  readonly task?: string;
  readonly excludeTasks?: ReadonlySet<string>;
  readonly label?: 0 | 1;
}

/** One query compared with all examples. */
export interface Comparison<E extends Example> {
  /**
   * The most similar example that the filter allows, null when it allows none. Of equally similar ones (also when nothing is
   * similar at all) the one with the smallest task id, then id, by UTF-16 code units.
   */
  nearest(filter?: ExampleFilter): Neighbour<E> | null;
}

export interface ExampleIndex<E extends Example> {
  readonly size: number;
  compare(tokens: readonly string[]): Comparison<E>;
}

export interface ExampleIndexOptions {
  /** How many of the most frequent n-grams of the examples count on neither side. Default: 500. */
  readonly trivialCount?: number;
  /** Stands in for a numerator of 0. Default: 0.0001. */
  readonly epsilon?: number;
}

/**
 * An index that finds the examples nearest to a query by CrystalBLEU: exactly those of a comparison with every example (see
 * createNgramSearch), whatever the order in which they are given.
 *
 * @see arXiv 2602.11911, few-shot examples
 */
export function createExampleIndex<E extends Example>(
  examples: Iterable<E>,
  { trivialCount = DEFAULT_TRIVIAL_COUNT, epsilon = DEFAULT_EPSILON }: ExampleIndexOptions = {},
): ExampleIndex<E> {
  const sorted = [...examples].sort((a, b) => compareText(a.taskId, b.taskId) || compareText(a.id, b.id));
  const search = createNgramSearch(
    sorted.map(({ tokens }) => tokens),
    trivialCount,
    epsilon,
  );
  return {
    size: sorted.length,
    compare: (tokens) => {
      const similar = search(tokens);
      return {
        nearest: (filter = {}) => {
          let best: ScoredText | null = null;
          for (const text of similar) {
            const ahead = best === null || text.similarity > best.similarity;
            const tied = text.similarity === best?.similarity && text.index < best.index;
            if ((ahead || tied) && allows(filter, sorted[text.index] as E)) {
              best = text;
            }
          }
          if (best !== null) {
            return { example: sorted[best.index] as E, similarity: best.similarity };
          }
          const example = sorted.find((other) => allows(filter, other));
          return example === undefined ? null : { example, similarity: 0 };
        },
      };
    },
  };
}

function allows({ task, excludeTasks, label }: ExampleFilter, example: Example): boolean {
  return (
    (task === undefined || example.taskId === task) &&
    excludeTasks?.has(example.taskId) !== true &&
    (label === undefined || example.label === label)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
