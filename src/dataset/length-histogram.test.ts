import { expect, it } from 'vitest';
import { createLengthHistogram } from './length-histogram.ts';

it('summarises lengths', () => {
  const histogram = createLengthHistogram();
  for (const length of [5, 1, 2, 3, 4, 6, 7, 8, 9, 100]) histogram.add(length);
  expect(histogram.summary('code')).toEqual({
    what: 'code',
    minimum: 1,
    median: 5,
    percentile90: 9,
    maximum: 100,
  });
});

it('knows nothing of nothing', () => {
  expect(createLengthHistogram().summary('code')).toEqual({
    what: 'code',
    minimum: null,
    median: null,
    percentile90: null,
    maximum: null,
  });
});
