import { expect, it } from 'vitest';
import { domainOf } from './domains.ts';

it.each([
  ['values with room around them', [0.2, 0.6, null], {}, [0.18, 0.62]],
  ['never outside of shares', [0, 1], {}, [0, 1]],
  ['from zero', [0.5], { from: 0 }, [0, 0.525]],
  ['what does not differ', [0.5, 0.5], {}, [0.475, 0.525]],
  ['all of nothing', [0, 0], { from: 0 }, [0, 0.05]],
  ['no values', [null], {}, [0, 1]],
])('%s', (_, values, options, [low = 0, high = 0]) => {
  const domain = domainOf(values, options);
  expect(domain[0]).toBeCloseTo(low, 9);
  expect(domain[1]).toBeCloseTo(high, 9);
});
