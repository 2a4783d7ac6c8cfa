import { expect, it } from 'vitest';
import { budgetFrontier } from './budget-frontier.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

const draw = (taskId: string, scores: readonly number[]): ReplayedDraw => ({
  ...{ taskId, repetition: 0, large: null },
  samples: scores.map((score, i) => ({
    cost: 1,
    candidate: { id: `${i}`, score, meanLogProbability: null, passed: score === 0.5, judgementCost: 1 },
  })),
});

it('takes so many samples of each draw, and answers with the best of them', () => {
  const draws = [draw('a', [0.2, 0.5, 0.9]), draw('b', [0.5])];
  const { full, points } = budgetFrontier(draws, [1, 2, 3, 9]);
  expect(points.map((point) => [point.setting, point.passAt1, point.meanSamples, point.meanCost])).toEqual([
    [1, 0.5, 1, 2],
    [2, 1, 1.5, 3],
    [3, 0.5, 2, 4],
    [9, 0.5, 2, 4],
  ]);
  expect(points[3]).toEqual({ setting: 9, ...full });
  expect(budgetFrontier([], [1]).points).toMatchObject([{ passAt1: null }]);
  for (const budget of [0, 1.5, Number.NaN])
    expect(() => budgetFrontier(draws, [budget])).toThrow(RangeError);
});
