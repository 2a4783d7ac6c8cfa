import { expect, it } from 'vitest';
import { bootstrapMean } from './bootstrap-mean.ts';

const options = { resamples: 200, seed: 1 };

it('is the mean over tasks with an interval around it, and unknown without tasks', () => {
  const tasks = new Map(Array.from({ length: 20 }, (_, index) => [`t${index}`, index % 2] as const));
  const { value, low, high } = bootstrapMean(tasks, options);
  expect(value).toBe(0.5);
  expect(low).toBeLessThan(0.5);
  expect(high).toBeGreaterThan(0.5);
  expect(bootstrapMean(new Map(), options)).toEqual({ value: null, low: null, high: null });
});
