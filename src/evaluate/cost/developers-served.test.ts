import { expect, it } from 'vitest';
import { developersServed } from './developers-served.ts';

it('serves 5.9 developers with the 7 answers a minute of the paper, which says at most 6', () => {
  expect(developersServed({ secondsPerAnswer: 8.5 })).toBeCloseTo(5.892583, 6);
  expect(developersServed({ secondsPerAnswer: 60 / 1.2 })).toBeCloseTo(1.2 / (1150 / 960), 12);
});

it('takes other demands, and GPUs that each answer by themselves', () => {
  const relaxed = { secondsPerAnswer: 60, recommendationsPerWeek: 960, writingHoursPerWeek: 16 };
  expect(developersServed(relaxed)).toBe(1);
  expect(developersServed({ ...relaxed, gpus: 3 })).toBe(3);
  expect(developersServed({ ...relaxed, writingHoursPerWeek: 32 })).toBe(2);
});

it('refuses what is not positive', () => {
  expect(() => developersServed({ secondsPerAnswer: 0 })).toThrow(RangeError);
  expect(() => developersServed({ secondsPerAnswer: 1, gpus: -1 })).toThrow(RangeError);
  expect(() => developersServed({ secondsPerAnswer: Number.NaN })).toThrow(RangeError);
});
