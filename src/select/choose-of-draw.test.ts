import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../util/random.ts';
import { chooseOfDraw } from './choose-of-draw.ts';
import { drawOf } from './draw-samples.ts';
import { type PoolCandidate, scorerOf } from './ranker.ts';
import { givenScoresRanker, multiplicityRanker, randomRanker } from './simple-rankers.ts';

const candidate = (id: string, samples: readonly number[] = []): PoolCandidate => ({
  id,
  code: id,
  samples,
  meanLogProbability: null,
});
const [a, b, c] = [candidate('a', [0]), candidate('b', [1, 4]), candidate('c', [2])];
const task = {
  id: 't',
  language: 'python',
  description: 'd',
  signature: 's',
  prompt: null,
  entryPoint: null,
  problem: null,
  preamble: '',
};
const draw = (samples: readonly (PoolCandidate | null)[], seed = 1) =>
  drawOf(samples, () => seededRandom(seed));

describe('chooseOfDraw', () => {
  it('takes the best score, and says when it was shared', () => {
    const scorer = scorerOf(
      new Map([
        ['a', 0.2],
        ['b', 0.9],
        ['c', 0.9],
      ]),
    );
    expect(chooseOfDraw(draw([a, b]), scorer, 'team')).toEqual({
      candidateId: 'b',
      score: 0.9,
      tied: false,
    });
    expect(chooseOfDraw(draw([c, b, b]), scorer, 'team')).toMatchObject({ candidateId: 'b', tied: true });
    expect(chooseOfDraw(draw([c, b, b]), scorer, 'first-drawn')).toMatchObject({ candidateId: 'c' });
  });

  it('ranks what has no score last, and has nothing to say of a draw without candidates', () => {
    const scorer = scorerOf(new Map([['a', -5]]));
    expect(chooseOfDraw(draw([b, b, a]), scorer, 'team')).toMatchObject({ candidateId: 'a', score: -5 });
    expect(chooseOfDraw(draw([b]), scorer, 'team')).toMatchObject({ candidateId: 'b', score: null });
    expect(chooseOfDraw(draw([null, null]), scorer, 'team')).toMatchObject({ candidateId: null });
  });

  it('does not depend on the order in which the candidates of a draw are given', async () => {
    const rankers = [randomRanker, multiplicityRanker, givenScoresRanker('scores', new Map([[4, 1]]))];
    const scorers = await Promise.all(rankers.map(({ prepare }) => prepare({ task, candidates: [a, b, c] })));
    const samples = fc.array(fc.constantFrom(a, b, c, null), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(samples, fc.nat(), (drawn, seed) => {
        const given = draw(drawn, seed);
        const turned = { ...given, candidates: given.candidates.toReversed() };
        for (const [index, { ties }] of rankers.entries()) {
          const scorer = scorers[index];
          if (scorer === undefined) throw new Error('no scorer');
          expect(chooseOfDraw(turned, scorer, ties)).toEqual(chooseOfDraw(given, scorer, ties));
        }
      }),
    );
  });
});

describe('simple rankers', () => {
  it('random gives each distinct candidate the same chance, whatever its multiplicity', async () => {
    const scorer = await randomRanker.prepare({ task, candidates: [a, b, c] });
    const rounds = 5_000;
    let chosen = 0;
    for (let seed = 0; seed < rounds; seed++) {
      const { candidateId } = chooseOfDraw(draw([a, b, b, b], seed * 7919), scorer, 'first-drawn');
      chosen += candidateId === 'a' ? 1 : 0;
    }
    expect(Math.abs(chosen / rounds - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / rounds));
  });

  it('given scores: a merged candidate has the largest of its samples; what is missing is told', async () => {
    const ranker = givenScoresRanker(
      'mine',
      new Map([
        [1, 0.1],
        [4, 0.7],
        [2, 3],
      ]),
    );
    const scorer = await ranker.prepare({ task, candidates: [a, b, c] });
    expect([...scorer(draw([a, b, c]))]).toEqual([
      ['a', null],
      ['b', 0.7],
      ['c', 3],
    ]);
    expect(ranker.notices?.()).toEqual(['mine: no score for 1 of the candidates; they rank last']);
  });
});
