import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crystalBleu, ngramKey } from './crystal-bleu.ts';
import { countCorpus, mostFrequentNgrams } from './trivial-ngrams.ts';

const words = (text: string) => text.split(' ');
const A = words('return a + b ;');
const B = words('return a - b ;');
const C = words('int s = a + b ; return s ;');

function mostFrequent(corpus: readonly (readonly string[])[], count: number): string[][] {
  const counted = countCorpus(corpus);
  return mostFrequentNgrams(counted, count).map((ngram) => counted.table.tokensOf(ngram));
}

function score(reference: readonly string[], hypothesis: readonly string[], count: number): number {
  const trivial = new Set(mostFrequent([A, B, C], count).map(ngramKey));
  return crystalBleu([reference], hypothesis, { trivial, epsilon: 0.1 });
}

describe('crystalBleu', () => {
  it.each([
    [0, 0.160686, 0.277762, 0.26013],
    [1, 0.158114, 0.277762, 0.26013],
    [4, 0, 0.220896, 0.26013],
  ])('reads the vectors without the %i most frequent n-grams', (count, ab, ac, ca) => {
    expect(score(A, B, count)).toBeCloseTo(ab, 6);
    expect(score(A, C, count)).toBeCloseTo(ac, 6);
    expect(score(C, A, count)).toBeCloseTo(ca, 6);
    expect(score(A, A, count)).toBe(1);
  });

  it('is BLEU without trivially shared n-grams: the example of NLTK with three references', () => {
    const hypothesis = words(
      'It is a guide to action which ensures that the military always obeys the commands of the party',
    );
    const references = [
      'It is a guide to action that ensures that the military will forever heed Party commands',
      'It is the guiding principle which guarantees the military forces always being under the command of the Party',
      'It is the practical guide for the army always to heed the directions of the party',
    ].map(words);
    expect(crystalBleu(references, hypothesis)).toBeCloseTo(0.504567, 6);
  });

  it('takes the shorter of two references that are equally near in length', () => {
    const references = [words('a b c d e f'), words('x x')];
    expect(crystalBleu(references, words('a b c d'))).toBe(1);
    expect(crystalBleu(references.toReversed(), words('a b c d'))).toBe(1);
  });

  it('penalises a short hypothesis by the full lengths', () => {
    const reference = words('a b c d e f g h');
    const trivial = new Set(['e', 'f', 'g', 'h'].map((token) => ngramKey([token])));
    expect(crystalBleu([reference], words('a b c d'), { trivial })).toBeCloseTo(Math.exp(-1), 12);
  });

  it('is 0 when no unigram matches, even if longer n-grams do', () => {
    const trivial = new Set(['a', 'b'].map((token) => ngramKey([token])));
    expect(crystalBleu([words('a b')], words('a b'), { trivial })).toBe(0);
  });

  it('is 0 for an empty hypothesis and an empty reference; no reference is a bug', () => {
    expect(crystalBleu([A], [])).toBe(0);
    expect(crystalBleu([[]], A)).toBe(0);
    expect(() => crystalBleu([], A)).toThrow('needs a reference');
  });

  it('puts epsilon by the denominator for a precision of 0, and takes 1 for a denominator of 0', () => {
    expect(crystalBleu([['a']], ['a'])).toBeCloseTo(1e-4 ** 0.75, 12);
    expect(crystalBleu([words('b x a')], words('a b c'), { epsilon: 0.1 })).toBeCloseTo(
      ((2 / 3) * (0.1 / 2) * 0.1 * 0.1) ** 0.25,
      12,
    );
  });

  it('has equal numbers for means that are equal', () => {
    const hypothesis = words('a b c d e f g');
    const swapped = words('a b c d e f h');
    const turned = words('h b c d e f g');
    expect(crystalBleu([swapped], hypothesis)).toBe(crystalBleu([turned], hypothesis));
  });

  it('lies between 0 and 1', () => {
    const tokens = fc.array(fc.constantFrom('a', 'b', 'c', ';'), { maxLength: 12 });
    fc.assert(
      fc.property(tokens, tokens, fc.nat(10), (reference, hypothesis, count) => {
        const trivial = new Set(mostFrequent([reference, hypothesis], count).map(ngramKey));
        const value = crystalBleu([reference], hypothesis, { trivial });
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('mostFrequentNgrams', () => {
  it('takes all orders together: by frequency, then the shorter, then the lexicographically smaller', () => {
    expect(mostFrequent([A, B, C], 6)).toEqual([[';'], ['a'], ['b'], ['return'], ['b', ';'], ['+']]);
    expect(mostFrequent([A, B, C], 1)).toEqual([[';']]);
    expect(mostFrequent([A, B, C], 0)).toEqual([]);
  });

  it('joins no texts, and gives all when there are fewer', () => {
    expect(mostFrequent([['a'], ['b']], 500)).toEqual([['a'], ['b']]);
    expect(mostFrequent([], 500)).toEqual([]);
    expect(mostFrequent([[]], 500)).toEqual([]);
  });

  it('counts as a count of every n-gram does', () => {
    const texts = fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 }), { maxLength: 10 });
    fc.assert(
      fc.property(texts, fc.nat(40), (corpus, count) => {
        const counts = new Map<string, number>();
        for (const text of corpus) {
          for (let start = 0; start < text.length; start++) {
            for (let end = start + 1; end <= Math.min(text.length, start + 4); end++) {
              const key = text.slice(start, end).join('');
              counts.set(key, (counts.get(key) ?? 0) + 1);
            }
          }
        }
        const expected = [...counts]
          .sort(([a, m], [b, n]) => n - m || a.length - b.length || (a < b ? -1 : 1))
          .slice(0, count);
        expect(mostFrequent(corpus, count).map((tokens) => tokens.join(''))).toEqual(
          expected.map(([key]) => key),
        );
      }),
    );
  });
});
