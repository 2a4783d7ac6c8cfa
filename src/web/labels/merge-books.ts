import type { LabelBook } from './label-book.ts';

/** Annotators of both books whose labels differ: the other book's would replace one's own. */
export function replacedBy(own: LabelBook, other: LabelBook): readonly string[] {
  return [...other.labels].flatMap(([annotator, theirs]) => {
    const mine = own.labels.get(annotator);
    const isSame =
      mine === undefined ||
      mine.size === 0 ||
      JSON.stringify([...mine].sort()) === JSON.stringify([...theirs].sort());
    return isSame ? [] : [annotator];
  });
}

/**
 * One's own book with the annotators of another, whose labels replace those of the same name. Names of categories, the sample and what is
 * settled stay one's own where there are any.
 */
export function mergeBooks(own: LabelBook, other: LabelBook): LabelBook {
  const known = new Set(own.categories.map(({ id }) => id));
  return {
    study: own.study,
    categories: [...own.categories, ...other.categories.filter(({ id }) => !known.has(id))],
    plan: own.plan ?? other.plan,
    labels: new Map([...own.labels, ...other.labels]),
    settled: new Map([...other.settled, ...own.settled]),
  };
}
