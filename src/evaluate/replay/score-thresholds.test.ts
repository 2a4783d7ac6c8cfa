import { expect, it } from 'vitest';
import type { ReplayedDraw } from './replayed-draw.ts';
import { scoreThresholds } from './score-thresholds.ts';

const draw = (repetition: number, scores: readonly (number | null)[]): ReplayedDraw => ({
  ...{ taskId: 't', repetition, large: null },
  samples: [
    { candidate: null, cost: 1 },
    ...scores.map((score, i) => ({
      cost: 1,
      candidate: { id: `${i}`, score, meanLogProbability: null, passed: true, judgementCost: 0 },
    })),
  ],
});

it('has each score once, ascending, thinned to as many as asked for', () => {
  const draws = [draw(0, [0.9, null, 0.1, 0.99]), draw(1, [0.1, 0.999, 0.5])];
  expect(scoreThresholds(draws, 10)).toEqual([0.1, 0.5, 0.9, 0.99, 0.999]);
  expect(scoreThresholds(draws, 3)).toEqual([0.1, 0.9, 0.999]);
  expect(scoreThresholds([draw(0, [null])], 3)).toEqual([]);
});
