import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

describe('nearest', () => {
  it('finds the option a typo meant', () => {
    expect(nearest('temprature', ['temperature', 'samples', 'model'])).toBe('temperature');
    expect(nearest('SmolLM-135m', ['smollm2-135m', 'phi-4'])).toBe('smollm2-135m');
    expect(nearest('pyhton', ['java', 'python'])).toBe('python');
  });

  it('takes a beginning for its whole', () => {
    expect(nearest('smollm', ['phi-4', 'smollm2-135m-instruct'])).toBe('smollm2-135m-instruct');
  });

  it('is null when nothing is near or nothing is listed', () => {
    expect(nearest('haskell', ['java', 'python'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
    expect(nearest('', ['java'])).toBeNull();
  });

  it('takes the first of equally near options', () => {
    expect(nearest('cat', ['bat', 'hat'])).toBe('bat');
  });

  it('prefers an exact match to a beginning', () => {
    expect(nearest('phi-4', ['phi-4-mini', 'phi-4'])).toBe('phi-4');
  });
});

describe('editDistance', () => {
  it('counts a swap of neighbours as one edit', () => {
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('is symmetric, 0 only for equal strings, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
