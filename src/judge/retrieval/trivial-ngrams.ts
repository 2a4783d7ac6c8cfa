import { createNgramTable, doubled, type NgramTable } from './ngram-table.ts';

/** How many of the most frequent n-grams count as trivially shared: what the experiments of CrystalBLEU use. */
export const DEFAULT_TRIVIAL_COUNT = 500;

/** Every n-gram of a corpus, with its order (1 to 4) and how often it occurs. */
export interface NgramCorpus {
  readonly table: NgramTable;
  readonly orders: Int32Array;
  readonly frequencies: Int32Array;
}

/** Counts the n-grams of each text by itself: none reaches from one into the next. */
export function countCorpus(texts: Iterable<readonly string[]>): NgramCorpus {
  const table = createNgramTable();
  let orders = new Int32Array(1024);
  let frequencies = new Int32Array(1024);
  for (const text of texts) {
    table.add(text, (ngram, order) => {
      if (ngram >= orders.length) {
        orders = doubled(orders);
        frequencies = doubled(frequencies);
      }
      orders[ngram] = order;
      frequencies[ngram] = (frequencies[ngram] as number) + 1;
    });
  }
  return {
    table,
    orders: orders.subarray(0, table.size),
    frequencies: frequencies.subarray(0, table.size),
  };
}

/**
 * The `count` most frequent n-grams of all orders together, or all when there are fewer; most frequent first. Of equally frequent
 * ones the shorter goes first, then the lexicographically smaller (token by token, by UTF-16 code units).
 */
export function mostFrequentNgrams({ table, orders, frequencies }: NgramCorpus, count: number): number[] {
  if (count === 0) {
    return [];
  }
  const threshold = frequencies.toSorted()[Math.max(0, table.size - count)] ?? 0;
  const frequent: number[] = [];
  for (let ngram = 0; ngram < table.size; ngram++) {
    if ((frequencies[ngram] as number) >= threshold) {
      frequent.push(ngram);
    }
  }
  const by = (values: Int32Array, a: number, b: number) => (values[a] as number) - (values[b] as number);
  return frequent
    .sort(
      (a, b) => by(frequencies, b, a) || by(orders, a, b) || compare(table.tokensOf(a), table.tokensOf(b)),
    )
    .slice(0, count);
}

function compare(a: readonly string[], b: readonly string[]): number {
  const differing = a.findIndex((token, index) => token !== b[index]);
  return differing < 0 ? 0 : (a[differing] as string) < (b[differing] as string) ? -1 : 1;
}
