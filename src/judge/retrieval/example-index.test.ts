import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crystalBleu, ngramKey } from './crystal-bleu.ts';
import { createExampleIndex, type Example, type ExampleFilter, type Neighbour } from './example-index.ts';
import { countCorpus, mostFrequentNgrams } from './trivial-ngrams.ts';

const words = (text: string) => (text === '' ? [] : text.split(' '));

function example(taskId: string, id: string, label: 0 | 1, text: string): Example {
  return { taskId, id, label, tokens: words(text) };
}

/** Every example compared by itself, in the order of their ids. */
function compareAll(
  examples: readonly Example[],
  tokens: readonly string[],
  trivialCount: number,
  filter: ExampleFilter,
): Neighbour<Example> | null {
  const corpus = countCorpus(examples.map((entry) => entry.tokens));
  const trivial = new Set(
    mostFrequentNgrams(corpus, trivialCount).map((ngram) => ngramKey(corpus.table.tokensOf(ngram))),
  );
  let best: Neighbour<Example> | null = null;
  for (const entry of examples.toSorted((a, b) => (a.taskId + a.id < b.taskId + b.id ? -1 : 1))) {
    const { task = entry.taskId, excludeTasks, label = entry.label } = filter;
    if (entry.taskId !== task || excludeTasks?.has(entry.taskId) || entry.label !== label) {
      continue;
    }
    const similarity = crystalBleu([entry.tokens], tokens, { trivial });
    if (best === null || similarity > best.similarity) {
      best = { example: entry, similarity };
    }
  }
  return best;
}

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '(', ';'), { maxLength: 14 });
const examplesOf = fc
  .array(fc.tuple(fc.constantFrom('s', 't', 'u'), fc.constantFrom<0 | 1>(0, 1), text), { maxLength: 30 })
  .map((entries) =>
    entries.map(
      ([taskId, label, tokens], index): Example => ({
        taskId,
        id: String(index).padStart(2, '0'),
        label,
        tokens,
      }),
    ),
  );

describe('createExampleIndex', () => {
  it('finds what a comparison with every example finds, ties included, in any order', () => {
    const filters: ExampleFilter[] = [
      {},
      { excludeTasks: new Set(['t']) },
      { task: 's', label: 0 },
      { label: 1 },
    ];
    fc.assert(
      fc.property(examplesOf, text, fc.nat(12), (examples, tokens, trivialCount) => {
        for (const entries of [examples, examples.toReversed()]) {
          const comparison = createExampleIndex(entries, { trivialCount }).compare(tokens);
          for (const filter of filters) {
            expect(comparison.nearest(filter)).toEqual(compareAll(examples, tokens, trivialCount, filter));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('answers one query after another as each by itself', () => {
    fc.assert(
      fc.property(examplesOf, text, text, (examples, first, second) => {
        const index = createExampleIndex(examples, { trivialCount: 3 });
        const before = index.compare(first);
        index.compare(second);
        expect(before.nearest()).toEqual(compareAll(examples, first, 3, {}));
        expect(index.compare(second).nearest()).toEqual(compareAll(examples, second, 3, {}));
      }),
    );
  });

  it('grows beyond its first tables', () => {
    const examples = Array.from({ length: 400 }, (_, index) =>
      example(`t${index % 7}`, String(index), 1, `f ( a${index} , b${index * 3} ) ; return c${index % 50}`),
    );
    const index = createExampleIndex(examples, { trivialCount: 5 });
    for (const { tokens } of examples.slice(0, 5)) {
      expect(index.compare(tokens).nearest({ excludeTasks: new Set(['t3']) })).toEqual(
        compareAll(examples, tokens, 5, { excludeTasks: new Set(['t3']) }),
      );
    }
  });

  it('decides between equally similar ones by task, then id', () => {
    const examples = [
      example('u', '1', 1, 'a b c d'),
      example('t', '2', 0, 'a b c d'),
      example('t', '1', 0, 'a b c d'),
    ];
    const index = createExampleIndex(examples, { trivialCount: 0 });
    expect(index.compare(words('a b c d')).nearest()).toEqual({ example: examples[2], similarity: 1 });
    expect(index.compare(words('x')).nearest({ label: 1 })).toEqual({ example: examples[0], similarity: 0 });
  });

  it('gives null where nothing is allowed', () => {
    expect(createExampleIndex([]).compare(['a']).nearest()).toBeNull();
    const index = createExampleIndex([example('t', '1', 1, 'a')]);
    expect(index.size).toBe(1);
    expect(index.compare(['a']).nearest({ excludeTasks: new Set(['t']) })).toBeNull();
    expect(index.compare(['a']).nearest({ label: 0 })).toBeNull();
  });
});
