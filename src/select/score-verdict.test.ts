import { describe, expect, it } from 'vitest';
import type { Verdict } from '../contracts/verdict.ts';
import { scoreVerdict } from './score-verdict.ts';

const none = { confidenceBounds: null, platt: null };
const bounds = { confidenceBounds: { min: 0.5, max: 0.9 }, platt: null };

function verdict(label: 0 | 1 | null, q: number | null, confidence: number | null): Verdict {
  return {
    candidateId: 'c',
    judge: 'j',
    label,
    probabilityCorrect: q,
    confidence,
    labelMass: 1,
    rating: null,
    texts: [],
    latencyMs: 0,
    promptTokens: null,
  };
}

describe('scoreVerdict', () => {
  it('monotone: the two-way probability, clamped', () => {
    expect(scoreVerdict(verdict(1, 0.8, 0.7), 'monotone', none)).toBe(0.8);
    expect(scoreVerdict(verdict(1, 1, 1), 'monotone', none)).toBe(1 - 1e-6);
    expect(scoreVerdict(verdict(0, 0, 1), 'monotone', none)).toBe(1e-6);
  });

  it('monotone: Platt-scaled where the judge has parameters', () => {
    const identity = { confidenceBounds: null, platt: { slope: 1, intercept: 0 } };
    expect(scoreVerdict(verdict(1, 0.8, 0.7), 'monotone', identity)).toBeCloseTo(0.8, 9);
    const doubting = { confidenceBounds: null, platt: { slope: 1, intercept: -Math.log(4) } };
    expect(scoreVerdict(verdict(1, 0.8, 0.7), 'monotone', doubting)).toBeCloseTo(0.5, 9);
  });

  it('monotone, without a probability: the rating, else the label, never certain', () => {
    const written = verdict(0, null, null);
    expect(scoreVerdict({ ...written, rating: 0.75 }, 'monotone', none)).toBeCloseTo(0.725, 9);
    expect(scoreVerdict({ ...written, label: 1, rating: 1 }, 'monotone', none)).toBeCloseTo(0.95, 9);
    expect(scoreVerdict(written, 'monotone', none)).toBeCloseTo(0.05, 9);
    expect(scoreVerdict({ ...written, label: 1 }, 'monotone', none)).toBeCloseTo(0.95, 9);
    const flat = { confidenceBounds: null, platt: { slope: 0, intercept: 0 } };
    expect(scoreVerdict({ ...written, rating: 0.75 }, 'monotone', flat)).toBe(0.5);
  });

  it('paper: normalised confidence, one minus it for "wrong"', () => {
    expect(scoreVerdict(verdict(1, 0.8, 0.7), 'paper', bounds)).toBeCloseTo(0.5, 9);
    expect(scoreVerdict(verdict(0, 0.2, 0.8), 'paper', bounds)).toBeCloseTo(0.25, 9);
    // Clipped outside of the validation bounds.
    expect(scoreVerdict(verdict(1, 1, 0.95), 'paper', bounds)).toBe(1 - 1e-6);
    // Bounds that coincide cannot be normalised: the confidence counts as full.
    const flat = { confidenceBounds: { min: 0.7, max: 0.7 }, platt: null };
    expect(scoreVerdict(verdict(0, 0.2, 0.7), 'paper', flat)).toBe(1e-6);
  });

  it('paper is not monotone, as documented: an unsure "wrong" outranks a sure "right"', () => {
    const unsureWrong = scoreVerdict(verdict(0, 0.49, 0.51), 'paper', bounds);
    const sureRight = scoreVerdict(verdict(1, 0.8, 0.8), 'paper', bounds);
    expect(unsureWrong).toBeGreaterThan(sureRight ?? 1);
  });

  it('paper without bounds is an error that says so', () => {
    expect(() => scoreVerdict(verdict(1, 0.8, 0.7), 'paper', none)).toThrow(/validation bounds of judge "j"/);
  });

  it('an invalid verdict has no score', () => {
    expect(scoreVerdict(verdict(null, null, null), 'monotone', none)).toBeNull();
    expect(scoreVerdict(verdict(null, null, null), 'paper', bounds)).toBeNull();
  });
});
