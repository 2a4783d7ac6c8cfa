import { describe, expect, it } from 'vitest';
import { seededRandom } from '../util/random.ts';
import { pickRandom } from './pick-random.ts';
import { randomExpectation } from './random-expectation.ts';

describe('pickRandom', () => {
  it('is the same for the same seed and null for nothing', () => {
    const items = ['a', 'b', 'c', 'd'];
    const draw = () => {
      const random = seededRandom(5);
      return Array.from({ length: 20 }, () => pickRandom(items, random));
    };
    expect(draw()).toEqual(draw());
    expect(pickRandom([], seededRandom(1))).toBeNull();
  });

  it('agrees with its exact expectation over many draws', () => {
    const correctness = [true, false, false, true, false];
    const random = seededRandom(11);
    const draws = 20_000;
    let right = 0;
    for (let draw = 0; draw < draws; draw++) {
      right += Number(pickRandom(correctness, random));
    }
    // Five standard deviations.
    expect(Math.abs(right / draws - 0.4)).toBeLessThan(5 * Math.sqrt(0.24 / draws));
  });
});

it('randomExpectation is c / n, and null for an empty pool', () => {
  expect(randomExpectation([true, false, false, true])).toBe(0.5);
  expect(randomExpectation([false])).toBe(0);
  expect(randomExpectation([])).toBeNull();
});
