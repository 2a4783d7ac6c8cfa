import { expect, it } from 'vitest';
import { openReplay, outcomeOf, replayUntil } from './replay-outcome.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

const draw = (taskId: string, repetition: number, samples: number): ReplayedDraw => ({
  ...{ taskId, repetition, large: null },
  samples: Array.from({ length: samples }, () => ({ candidate: null, cost: 2 })),
});

it('stops where it is told to, after one sample at the earliest, and averages repetitions first', () => {
  const replay = openReplay([draw('b', 0, 4), draw('a', 0, 1), draw('b', 1, 6)]);
  expect(replayUntil(replay, () => true)).toMatchObject({ meanSamples: 1, meanCost: 2 });
  expect(replayUntil(replay, () => false)).toMatchObject({ meanSamples: (1 + (4 + 6) / 2) / 2, meanCost: 6 });
  const outcome = replayUntil(replay, ({ samples }, taskId) => taskId === 'b' && samples === 5);
  expect([...outcome.byTask]).toEqual([
    ['a', { passed: 0, samples: 1, cost: 2 }],
    ['b', { passed: 0, samples: 4.5, cost: 9 }],
  ]);
});

it('has the means over tasks', () => {
  const byTask = new Map([
    ['a', { passed: 1, samples: 2, cost: 8 }],
    ['b', { passed: 0.5, samples: 4, cost: 2 }],
  ]);
  expect(outcomeOf(byTask)).toEqual({ passAt1: 0.75, meanSamples: 3, meanCost: 5, byTask });
  expect(outcomeOf(new Map())).toMatchObject({ passAt1: null, meanSamples: null, meanCost: null });
});
