import { describe, expect, it } from 'vitest';
import { abstentionAt, escalationAt } from './curve-at.ts';

describe('abstentionAt', () => {
  const points = [
    { share: 0.5, passAt1: 0.75 },
    { share: 0.875, passAt1: 0.5 },
  ];

  it('is that of the first point below it: answers of equal score', () => {
    expect(abstentionAt(points, 0.25)).toBe(0.75);
    expect(abstentionAt(points, 0.5)).toBe(0.75);
  });

  it('lets those that pass grow in proportion between two points', () => {
    // 0.375 pass of 0.5, 0.4375 of 0.875: two thirds on, 0.375 + 2/3 · 0.0625 of 0.75.
    expect(abstentionAt(points, 0.75)).toBeCloseTo((0.375 + (2 / 3) * 0.0625) / 0.75, 12);
    expect(abstentionAt(points, 0.875)).toBe(0.5);
  });

  it('is unknown where there are no more answers, and without any', () => {
    expect(abstentionAt(points, 1)).toBeNull();
    expect(abstentionAt(points, 0)).toBeNull();
    expect(abstentionAt([], 0.5)).toBeNull();
  });

  it('takes sums of weights for what they are but for rounding', () => {
    expect(abstentionAt([{ share: 0.9999999999999998, passAt1: 0.4 }], 1)).toBeCloseTo(0.4, 12);
  });
});

describe('escalationAt', () => {
  const points = [
    { share: 0, passAt1: 0.4, randomPassAt1: 0.4 },
    { share: 0.5, passAt1: 0.5, randomPassAt1: 0.45 },
    { share: 1, passAt1: 0.5, randomPassAt1: 0.5 },
  ];

  it('is what is measured at a point', () => {
    expect(points.map(({ share }) => escalationAt(points, share))).toEqual(points);
  });

  it('is on the line between two', () => {
    const found = escalationAt(points, 0.1);
    expect(found?.passAt1).toBeCloseTo(0.42, 12);
    expect(found?.randomPassAt1).toBeCloseTo(0.41, 12);
  });

  it('is unknown without points', () => {
    expect(escalationAt([], 0.5)).toBeNull();
  });
});
