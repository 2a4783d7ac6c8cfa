import type { Label } from './label-book.ts';

/** How far two annotators agree on the first category of what both labelled. */
export interface Agreement {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly agreed: number;
  /**
   * Cohen's kappa over all categories, in [-1, 1]: 0 = as often as two that answer independently with the same frequencies. Null where nothing
   * was labelled by both, and where both gave one and the same category always.
   */
  readonly kappa: number | null;
  readonly disagreements: readonly {
    readonly key: string;
    readonly first: string;
    readonly second: string;
  }[];
}

/** Labels with a note alone count as none. */
export function agreementOf(
  first: ReadonlyMap<string, Label>,
  second: ReadonlyMap<string, Label>,
): Agreement {
  const mine = firstCategories(first);
  const theirs = firstCategories(second);
  const pairs = [...mine].flatMap(([key, category]) => {
    const other = theirs.get(key);
    return other === undefined ? [] : [{ key, first: category, second: other }];
  });
  const disagreements = pairs.filter((pair) => pair.first !== pair.second);
  const agreed = pairs.length - disagreements.length;
  return {
    both: pairs.length,
    onlyFirst: mine.size - pairs.length,
    onlySecond: theirs.size - pairs.length,
    agreed,
    kappa: kappaOf(pairs, agreed),
    disagreements,
  };
}

/** In whole numbers, times the square of the count: a chance agreement of 1 is then exactly 1. */
function kappaOf(pairs: readonly { first: string; second: string }[], agreed: number): number | null {
  const inSecond = Map.groupBy(pairs, ({ second }) => second);
  let chance = 0;
  for (const [category, ofFirst] of Map.groupBy(pairs, ({ first }) => first)) {
    chance += ofFirst.length * (inSecond.get(category)?.length ?? 0);
  }
  const square = pairs.length ** 2;
  return chance === square ? null : (agreed * pairs.length - chance) / (square - chance);
}

function firstCategories(labels: ReadonlyMap<string, Label>): ReadonlyMap<string, string> {
  return new Map(
    [...labels].flatMap(
      ([
        key,
        {
          categories: [category],
        },
      ]) => (category === undefined ? [] : [[key, category]]),
    ),
  );
}
