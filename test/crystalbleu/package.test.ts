import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { crystalBleu, ngramKey } from '../../src/judge/retrieval/crystal-bleu.ts';
import { createNgramSearch } from '../../src/judge/retrieval/ngram-search.ts';
import { countCorpus, mostFrequentNgrams } from '../../src/judge/retrieval/trivial-ngrams.ts';
import { codegenIsHere, codegenTexts } from '../support/token-texts.ts';

/** What scripts/record-crystalbleu.ts wrote. */
interface Recorded {
  readonly package: string;
  readonly pairs: readonly (readonly [number, number])[];
  readonly settings: readonly { readonly trivialCount: number; readonly epsilon: number }[];
  readonly scores: readonly (readonly number[])[];
}

/** Ours multiplies and takes roots where the package adds logarithms: the last digits may differ. */
const LARGEST_DIFFERENCE = 1e-12;

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

/** The largest difference of ours, by itself and by the index, from the package's; and how many of its scores are above 0. */
function compare(texts: readonly (readonly string[])[], { pairs, settings, scores }: Recorded) {
  const corpus = countCorpus(texts);
  let largest = 0;
  let similar = 0;
  for (const [row, { trivialCount, epsilon }] of settings.entries()) {
    const frequent = mostFrequentNgrams(corpus, trivialCount);
    const trivial = new Set(frequent.map((ngram) => ngramKey(corpus.table.tokensOf(ngram))));
    const search = createNgramSearch(texts, trivialCount, epsilon);
    for (const [column, [hypothesis, reference]] of pairs.entries()) {
      const query = texts[hypothesis] ?? [];
      const theirs = scores[row]?.[column] ?? Number.NaN;
      const plain = crystalBleu([texts[reference] ?? []], query, { trivial, epsilon });
      const indexed = search(query).find(({ index }) => index === reference)?.similarity ?? 0;
      largest = Math.max(largest, Math.abs(plain - theirs), Math.abs(indexed - theirs));
      similar += theirs > 0 ? 1 : 0;
    }
  }
  return { largest, similar };
}

describe('the package crystalbleu 0.2', () => {
  const groups = read('solutions.json') as (Recorded & { readonly texts: readonly (readonly string[])[] })[];

  it('gives the same for 500 pairs of bundled solutions and variants, in three settings', () => {
    expect(groups.flatMap(({ pairs }) => pairs)).toHaveLength(500);
    for (const group of groups) {
      const { largest, similar } = compare(group.texts, group);
      expect(group.package).toBe('0.2');
      expect(largest).toBeLessThan(LARGEST_DIFFERENCE);
      expect(similar).toBeGreaterThan(group.pairs.length * 2);
    }
  });

  const title = 'gives the same for 500 pairs of samples of CodeGen 16B';
  it.skipIf(!codegenIsHere)(codegenIsHere ? title : `${title} (skipped: no ../shared/data)`, async () => {
    const recorded = read('codegen16b.json') as Recorded & { readonly step: number };
    const texts = (await codegenTexts(recorded.step)).map(({ tokens }) => tokens);
    const { largest, similar } = compare(texts, recorded);
    expect(recorded.pairs).toHaveLength(500);
    expect(largest).toBeLessThan(LARGEST_DIFFERENCE);
    expect(similar).toBeGreaterThan(1000);
  });
});
