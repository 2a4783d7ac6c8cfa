import { expect, it } from 'vitest';
import { answerLevels, weightOf, weightPassed } from './answer-levels.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

const draw = (taskId: string, repetition: number, score: number | null | undefined, passed = false) => {
  const candidate =
    score === undefined
      ? null
      : { id: `${taskId} ${repetition}`, score, meanLogProbability: null, passed, judgementCost: 2 };
  return { taskId, repetition, samples: [{ candidate, cost: 1 }], large: null } satisfies ReplayedDraw;
};

it('sorts answers by how sure they are, equal ones together', () => {
  const draws = [
    draw('a', 0, -0.5),
    draw('a', 1, null),
    draw('b', 0, undefined),
    draw('c', 0, 0.5, true),
    draw('c', 1, 0.75),
    draw('c', 2, 0.5),
  ];
  const levels = answerLevels(draws);
  expect(levels.map((level) => level.map(({ answer }) => answer?.id ?? null))).toEqual([
    ['c 1'],
    ['c 0', 'c 2'],
    ['a 0'],
    ['a 1'],
    [null],
  ]);
  expect(levels.flat().map(({ cost }) => cost)).toEqual([3, 3, 3, 3, 3, 1]);
  // Of 2, 1 and 3 repetitions: sixths.
  expect(levels.map(weightOf)).toEqual([2, 4, 3, 3, 6]);
  expect(levels.map(weightPassed)).toEqual([0, 2, 0, 0, 0]);
  expect(answerLevels([])).toEqual([]);
});

it('has whole weights however repetitions differ, as long as numbers are exact', () => {
  const repetitions = (count: number) => Array.from({ length: count }, (_, i) => draw(`of ${count}`, i, 0.5));
  const weights = answerLevels([7, 4, 6].flatMap(repetitions)).flat();
  expect(new Set(weights.map(({ weight }) => weight))).toEqual(new Set([12, 21, 14]));
  const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
  expect(weightOf(answerLevels(primes.flatMap(repetitions)).flat())).toBeCloseTo(primes.length, 10);
});
