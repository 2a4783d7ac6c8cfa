import type { NgramCorpus } from './trivial-ngrams.ts';

/** In which texts an n-gram occurs, ascending, and how often in each: from `starts[ngram]` up to, not including, `ends[ngram]`. */
export interface Postings {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly texts: Int32Array;
  readonly counts: Int32Array;
}

/** Postings of the texts that the corpus was counted from; the n-grams in `without` get none. */
export function buildPostings(
  { table, frequencies }: NgramCorpus,
  corpus: readonly (readonly string[])[],
  without: ReadonlySet<number>,
): Postings {
  const starts = new Int32Array(table.size);
  let room = 0;
  for (let ngram = 0; ngram < table.size; ngram++) {
    starts[ngram] = room;
    // A text that repeats it needs less: some room stays unused.
    room += without.has(ngram) ? 0 : (frequencies[ngram] as number);
  }
  const ends = starts.slice();
  const texts = new Int32Array(room);
  const counts = new Int32Array(room);
  for (const [index, text] of corpus.entries()) {
    table.find(text, (ngram) => {
      if (without.has(ngram)) {
        return;
      }
      const end = ends[ngram] as number;
      const repeated = end > (starts[ngram] as number) && texts[end - 1] === index;
      const at = repeated ? end - 1 : end;
      texts[at] = index;
      counts[at] = (counts[at] as number) + 1;
      ends[ngram] = at + 1;
    });
  }
  return { starts, ends, texts, counts };
}
