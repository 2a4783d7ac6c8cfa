/** Why a judge was wrong. The id stays when it is renamed. */
export interface Category {
  readonly id: string;
  readonly name: string;
}

/** What an annotator said of one error of a judge. */
export interface Label {
  /** Ids in the order they were chosen: the first is the one that agreement is about. Never empty unless there is a note. */
  readonly categories: readonly string[];
  readonly note: string;
}

/** How the errors to look at were drawn; the same for all annotators of a book. */
export interface SamplePlan {
  readonly judge: string;
  readonly errors: 'both' | 'false-positive' | 'false-negative';
  /** In (0, 1). */
  readonly confidence: number;
  /** In (0, 1): half the width of the interval. */
  readonly margin: number;
  readonly seed: number;
}

/** All that annotators did on one study. */
export interface LabelBook {
  /** The study's digest. */
  readonly study: string;
  readonly categories: readonly Category[];
  readonly plan: SamplePlan | null;
  /** By annotator, then by key of the candidate. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, Label>>;
  /** What annotators settled on where they disagreed: ids of categories by key. */
  readonly settled: ReadonlyMap<string, string>;
}

const CATEGORIES = [
  'Algorithmic error',
  'Wrong condition or boundary',
  'Missing null or empty check',
  'Wrong assignment or variable',
  'Wrong call or argument',
  'Wrong type or form of the result',
  'Incomplete code',
  'Task misread',
  'Right in an unusual way',
  'Tests or task at fault',
  'Other',
];

export function emptyBook(study: string): LabelBook {
  const categories = CATEGORIES.map((name) => ({ id: slugOf(name), name }));
  return { study, categories, plan: null, labels: new Map(), settled: new Map() };
}

/** A label that says nothing takes the one before it away. An annotator's first label makes the annotator known. */
export function withLabel(book: LabelBook, annotator: string, key: string, label: Label): LabelBook {
  const own = new Map(book.labels.get(annotator));
  if (label.categories.length === 0 && label.note === '') own.delete(key);
  else own.set(key, label);
  return { ...book, labels: new Map(book.labels).set(annotator, own) };
}

/** @param category null = open again */
export function withSettled(book: LabelBook, key: string, category: string | null): LabelBook {
  const settled = new Map(book.settled);
  if (category === null) settled.delete(key);
  else settled.set(key, category);
  return { ...book, settled };
}

/** The book with a further category; as it is where the name is blank or taken. */
export function withCategory(book: LabelBook, name: string): LabelBook {
  const category = { id: slugOf(name), name: name.trim() };
  const isTaken = book.categories.some(
    (other) => other.id === category.id || other.name.toLowerCase() === category.name.toLowerCase(),
  );
  return category.id === '' || isTaken ? book : { ...book, categories: [...book.categories, category] };
}

/** As it is where the name is blank. */
export function withCategoryName(book: LabelBook, id: string, name: string): LabelBook {
  if (name.trim() === '') return book;
  return {
    ...book,
    categories: book.categories.map((category) =>
      category.id === id ? { id, name: name.trim() } : category,
    ),
  };
}

/** How many labels and settlements name the category. */
export function usesOf({ labels, settled }: LabelBook, id: string): number {
  const inLabels = [...labels.values()].flatMap((own) => [...own.values()]);
  return (
    inLabels.filter(({ categories }) => categories.includes(id)).length +
    [...settled.values()].filter((category) => category === id).length
  );
}

/** Without the category, in labels and settlements, too. */
export function withoutCategory(book: LabelBook, id: string): LabelBook {
  let less: LabelBook = { ...book, categories: book.categories.filter((category) => category.id !== id) };
  for (const [annotator, own] of book.labels) {
    for (const [key, { categories, note }] of own) {
      if (!categories.includes(id)) continue;
      less = withLabel(less, annotator, key, {
        categories: categories.filter((other) => other !== id),
        note,
      });
    }
  }
  for (const [key, category] of book.settled) {
    if (category === id) less = withSettled(less, key, null);
  }
  return less;
}

/** Lower case, letters and digits joined by dashes: two annotators that add the same name mean the same category. */
function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
