import { expect, it } from 'vitest';
import { compareWithFull } from './compare-with-full.ts';
import type { TaskReplay } from './replay-outcome.ts';

const options = { resamples: 500, seed: 1 };
const tasks = (given: readonly (readonly [passed: number, samples: number])[]) =>
  new Map(given.map(([passed, samples], i): [string, TaskReplay] => [`${i}`, { passed, samples, cost: 0 }]));

it('is the difference of pass@1 and the ratio of samples, over tasks', () => {
  const own = tasks([
    [1, 2],
    [0, 4],
    [0.5, 3],
    [1, 1],
  ]);
  const full = tasks([
    [1, 10],
    [0.5, 4],
    [0.5, 5],
    [0.5, 1],
  ]);
  const { difference, samplesShare } = compareWithFull(own, full, options);
  expect(difference.value).toBe(0);
  expect(samplesShare.value).toBe(0.5);
  expect(difference.low).toBeLessThan(0);
  expect(difference.high).toBeGreaterThan(0);
  expect(samplesShare.low).toBeLessThan(0.5);
  expect(compareWithFull(own, full, options)).toEqual({ difference, samplesShare });
});

it('has no interval for one task, and no value for none', () => {
  const alone = compareWithFull(tasks([[0, 1]]), tasks([[1, 4]]), options);
  expect(alone.difference).toEqual({ value: -1, low: null, high: null });
  expect(alone.samplesShare).toEqual({ value: 0.25, low: null, high: null });
  expect(compareWithFull(new Map(), new Map(), options).difference.value).toBeNull();
  expect(compareWithFull(tasks([[0, 0]]), tasks([[0, 0]]), options).samplesShare.value).toBeNull();
});
