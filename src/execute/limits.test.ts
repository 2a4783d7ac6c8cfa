import { describe, expect, it } from 'vitest';
import { defaultLimits, resolveLimits, runLimitMs } from './limits.ts';

describe('resolveLimits', () => {
  it('fills the defaults', () => {
    expect(resolveLimits()).toEqual(defaultLimits);
    expect(resolveLimits({ processes: 3 })).toEqual({ ...defaultLimits, processes: 3 });
  });

  it('lets CPU time follow wall time, unless it was set', () => {
    expect(resolveLimits({ wallTimeMs: 60_000 }).cpuTimeMs).toBe(65_000);
    expect(resolveLimits({ wallTimeMs: 60_000, cpuTimeMs: 7 }).cpuTimeMs).toBe(7);
  });

  it('refuses what is no positive whole number', () => {
    for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => resolveLimits({ memoryBytes: value })).toThrow(/limits.memoryBytes: expected .* received/);
    }
  });
});

describe('runLimitMs', () => {
  it('is ten times the reference, at least 2 s, and 15 s without a reference', () => {
    expect(runLimitMs(1)).toBe(2_000);
    expect(runLimitMs(200)).toBe(2_000);
    expect(runLimitMs(1234.56)).toBe(12_346);
    expect(runLimitMs(null)).toBe(15_000);
  });
});
