import { brevityPenalty, geometricMean, LONGEST_NGRAM } from './crystal-bleu.ts';
import { buildPostings } from './postings.ts';
import { countCorpus, mostFrequentNgrams } from './trivial-ngrams.ts';

/** A text of the corpus by its index, and its CrystalBLEU with the query as hypothesis, above 0. */
export interface ScoredText {
  readonly index: number;
  readonly similarity: number;
}

/**
 * Prepares a corpus of token lists; the function it returns compares a query with all of them and gives those that are similar at
 * all, in no particular order. A query costs a step for each text that shares an n-gram with it, once a shared n-gram; trivially
 * shared ones, which nearly all texts have, are not looked at. Nothing is estimated or cut off: similarities are those of
 * crystalBleu on every pair.
 *
 * @param trivialCount how many of the most frequent n-grams of the corpus count on neither side
 * @param epsilon stands in for a numerator of 0
 */
export function createNgramSearch(
  texts: readonly (readonly string[])[],
  trivialCount: number,
  epsilon: number,
): (query: readonly string[]) => ScoredText[] {
  const corpus = countCorpus(texts);
  const trivial = new Set(mostFrequentNgrams(corpus, trivialCount));
  const postings = buildPostings(corpus, texts, trivial);
  // Clipped matches of every text with the query, four orders each; all 0 between two queries.
  const matches = new Int32Array(texts.length * LONGEST_NGRAM);

  /** Counts of the query's n-grams by order, and how many it has of each order, both without trivially shared ones. */
  function describe(query: readonly string[]) {
    const counts = Array.from({ length: LONGEST_NGRAM }, () => new Map<number, number>());
    const denominators = counts.map((_, index) => Math.max(0, query.length - index));
    corpus.table.find(query, (ngram, order) => {
      const ofOrder = counts[order - 1] as Map<number, number>;
      if (trivial.has(ngram)) {
        denominators[order - 1] = (denominators[order - 1] as number) - 1;
      } else {
        ofOrder.set(ngram, (ofOrder.get(ngram) ?? 0) + 1);
      }
    });
    return { counts, denominators };
  }

  /** Adds the clipped matches of one order; longer n-grams only where a unigram matched, since all else is 0. */
  function addMatches(counts: ReadonlyMap<number, number>, order: number, matching: number[]): void {
    for (const [ngram, count] of counts) {
      const end = postings.ends[ngram] as number;
      for (let at = postings.starts[ngram] as number; at < end; at++) {
        const first = (postings.texts[at] as number) * LONGEST_NGRAM;
        if (matches[first] === 0) {
          if (order > 1) {
            continue;
          }
          matching.push(first / LONGEST_NGRAM);
        }
        const cell = first + order - 1;
        matches[cell] = (matches[cell] as number) + Math.min(count, postings.counts[at] as number);
      }
    }
  }

  return (query) => {
    const { counts, denominators } = describe(query);
    const matching: number[] = [];
    for (const [index, ofOrder] of counts.entries()) {
      addMatches(ofOrder, index + 1, matching);
    }
    return matching.map((index) => {
      const cells = matches.subarray(index * LONGEST_NGRAM, (index + 1) * LONGEST_NGRAM);
      const mean = geometricMean({ numerators: [...cells], denominators }, epsilon);
      cells.fill(0);
      const { length } = texts[index] as readonly string[];
      return { index, similarity: brevityPenalty(query.length, length) * mean };
    });
  };
}
