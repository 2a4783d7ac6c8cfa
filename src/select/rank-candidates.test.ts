import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rankable, rankCandidates } from './rank-candidates.ts';

function candidate(id: string, values: Partial<Rankable>): Rankable {
  return { id, score: 0.5, multiplicity: 1, meanLogProbability: -1, firstIndex: 0, ...values };
}

const best = (candidates: readonly Rankable[]) => {
  const { order, tieBrokenBy } = rankCandidates(candidates);
  return [order[0]?.id, tieBrokenBy];
};

describe('rankCandidates', () => {
  it('puts the highest score first, without a tie', () => {
    expect(best([candidate('a', { score: 0.4 }), candidate('b', { score: 0.6, firstIndex: 1 })])).toEqual([
      'b',
      null,
    ]);
  });

  it('breaks ties by multiplicity, then log-likelihood, then lowest index', () => {
    const a = candidate('a', { firstIndex: 0 });
    expect(best([a, candidate('b', { multiplicity: 2, firstIndex: 1 })])).toEqual(['b', 'multiplicity']);
    expect(best([a, candidate('b', { meanLogProbability: -0.5, firstIndex: 1 })])).toEqual([
      'b',
      'log-likelihood',
    ]);
    expect(best([candidate('b', { firstIndex: 1 }), a])).toEqual(['a', 'lowest-index']);
  });

  it('ranks unknown likelihoods after known ones and missing scores last', () => {
    expect(
      best([candidate('a', { meanLogProbability: null }), candidate('b', { meanLogProbability: -9 })]),
    ).toEqual(['b', 'log-likelihood']);
    expect(best([candidate('a', { score: null, multiplicity: 9 }), candidate('b', { score: 0.01 })])).toEqual(
      ['b', null],
    );
  });

  it('is empty for no candidates', () => {
    expect(rankCandidates([])).toEqual({ order: [], tieBrokenBy: null });
  });

  it('does not depend on the order of its input', () => {
    const few = fc.constantFrom(0.1, 0.5, null);
    const pool = fc
      .array(
        fc.record({ score: few, multiplicity: fc.integer({ min: 1, max: 2 }), meanLogProbability: few }),
        { maxLength: 8 },
      )
      .map((entries) => entries.map((entry, index) => ({ ...entry, id: String(index), firstIndex: index })));
    fc.assert(
      fc.property(
        pool.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          expect(rankCandidates(shuffled)).toEqual(rankCandidates(entries));
        },
      ),
    );
  });
});
