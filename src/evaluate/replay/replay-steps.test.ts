import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOfDraw } from '../../select/choose-of-draw.ts';
import { drawOf } from '../../select/draw-samples.ts';
import { scorerOf } from '../../select/ranker.ts';
import { seededRandom } from '../../util/random.ts';
import { replaySteps } from './replay-steps.ts';
import type { ReplayedCandidate } from './replayed-draw.ts';

const candidate = (
  id: string,
  score: number | null,
  likelihood: number | null = null,
): ReplayedCandidate => ({
  ...{ id, score, meanLogProbability: likelihood, passed: false, judgementCost: 2 },
});
const stepsOf = (candidates: readonly (ReplayedCandidate | null)[]) =>
  replaySteps({
    ...{ taskId: 't', repetition: 0, large: null },
    samples: candidates.map((own) => ({ candidate: own, cost: 1 })),
  });
const answers = (candidates: readonly (ReplayedCandidate | null)[]) =>
  stepsOf(candidates).map(({ answer }) => answer?.id ?? null);

describe('replaySteps', () => {
  it('keeps the best so far, and pays for the judgement of each candidate once', () => {
    const [a, b, c] = [candidate('a', 0.4), candidate('b', 0.4), candidate('c', 0.9)];
    // Equal scores: a came first, until b is more of the samples.
    expect(stepsOf([null, a, b, b, c])).toEqual([
      { samples: 1, cost: 1, answer: null },
      { samples: 2, cost: 4, answer: a },
      { samples: 3, cost: 7, answer: a },
      { samples: 4, cost: 8, answer: b },
      { samples: 5, cost: 11, answer: c },
    ]);
  });

  it('takes the likelier of equal ones, and what has no score after all that have one', () => {
    expect(answers([candidate('a', 0.4), candidate('b', 0.4, -2), candidate('c', 0.4, -1)])).toEqual([
      ...['a', 'b', 'c'],
    ]);
    const unscored = candidate('a', null, -1);
    expect(answers([unscored, unscored, candidate('b', -5)])).toEqual(['a', 'a', 'b']);
    expect(answers([null, null])).toEqual([null, null]);
    expect(answers([])).toEqual([]);
  });

  it('chooses what rank chooses of the same samples', () => {
    const grades = [null, 0, 0.5, 1];
    const pool = grades.flatMap((score) =>
      [null, -1, -2].map((likelihood) => candidate(`${score} ${likelihood}`, score, likelihood)),
    );
    const scorer = scorerOf(new Map(pool.map(({ id, score }) => [id, score])));
    fc.assert(
      fc.property(fc.array(fc.constantFrom(null, ...pool), { maxLength: 12 }), (drawn) => {
        const chosen = drawn.map((_, last) => {
          const samples = drawn
            .slice(0, last + 1)
            .map((own) => (own === null ? null : { ...own, code: own.id, samples: [] }));
          return chooseOfDraw(
            drawOf(samples, () => seededRandom(1)),
            scorer,
            'team',
          ).candidateId;
        });
        expect(answers(drawn)).toEqual(chosen);
      }),
    );
  });
});
