import { describe, expect, it } from 'vitest';
import { confidenceBounds } from './confidence-bounds.ts';
import { summariseLabelMass } from './label-mass.ts';

describe('confidenceBounds', () => {
  it('looks at valid verdicts with a confidence only', () => {
    expect(
      confidenceBounds([
        { label: 1, confidence: 0.7 },
        { label: 0, confidence: 0.95 },
        { label: null, confidence: 0.1 },
        { label: 1, confidence: null },
      ]),
    ).toEqual({ min: 0.7, max: 0.95 });
    expect(confidenceBounds([{ label: 1, confidence: 0.4 }])).toEqual({ min: 0.4, max: 0.4 });
  });

  it('is null without one', () => {
    expect(confidenceBounds([])).toBeNull();
    expect(confidenceBounds([{ label: null, confidence: 0.4 }])).toBeNull();
  });
});

describe('summariseLabelMass', () => {
  it('counts what is invalid and what has no mass apart', () => {
    const masses = Float64Array.of(0.9, 1, 0.2, 0.8);
    expect(summariseLabelMass(masses, { verdicts: 5, invalid: 2 })).toEqual({
      verdicts: 5,
      invalid: 2,
      withoutMass: 1,
      mean: expect.closeTo(0.725, 12),
      median: expect.closeTo(0.85, 12),
      smallest: 0.2,
    });
  });

  it('knows nothing without a mass', () => {
    const nothing = { mean: null, median: null, smallest: null };
    expect(summariseLabelMass(new Float64Array(), { verdicts: 3, invalid: 1 })).toEqual({
      ...{ verdicts: 3, invalid: 1, withoutMass: 3 },
      ...nothing,
    });
  });
});
