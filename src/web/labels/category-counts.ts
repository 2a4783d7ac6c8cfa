import type { LabelBook } from './label-book.ts';

export interface CategoryCount {
  readonly id: string;
  readonly name: string;
  /** How often it is an annotator's first category, in the order of the book's annotators. */
  readonly byAnnotator: readonly number[];
  /** How often it is what all who labelled a candidate say first, or what they settled on. */
  readonly final: number;
}

/** First categories counted, and how many candidates are still open between annotators. */
export function categoryCounts({ categories, labels, settled }: LabelBook): {
  readonly counts: readonly CategoryCount[];
  readonly open: number;
} {
  const annotators = [...labels.values()].map((own) =>
    [...own].flatMap(
      ([
        key,
        {
          categories: [first],
        },
      ]) => (first === undefined ? [] : [{ key, first }]),
    ),
  );
  const said = Map.groupBy(annotators.flat(), ({ key }) => key);
  const finals = [...said].map(
    ([key, ofKey]) => settled.get(key) ?? commonOf(ofKey.map(({ first }) => first)),
  );
  return {
    counts: categories.map(({ id, name }) => ({
      id,
      name,
      byAnnotator: annotators.map((own) => own.filter(({ first }) => first === id).length),
      final: finals.filter((final) => final === id).length,
    })),
    open: finals.filter((final) => final === null).length,
  };
}

/** What all say; null where they say different things. */
function commonOf(said: readonly string[]): string | null {
  const [first = null] = said;
  return said.every((other) => other === first) ? first : null;
}
