import fc from 'fast-check';
import { expect, it } from 'vitest';
import { limitsSchema } from './limits.ts';
import { writeLimits } from './write-limits.ts';
import { writtenLimitsSchema } from './written-limits.ts';

it('limits are written in the largest units that fit', () => {
  expect(
    writeLimits({
      wallTimeMs: 15_000,
      cpuTimeMs: 90_001,
      memoryBytes: 1024 ** 3,
      processes: 64,
      scratchBytes: 48 * 1024 ** 2,
      fileBytes: 1000,
    }),
  ).toBe('wallTime=15s, cpuTime=90001ms, memory=1GiB, scratch=48MiB, file=1000B, processes=64');
  expect(writeLimits({})).toBe('');
});

it('what is written is read as what it was', () => {
  const positive = fc.integer({ min: 1 });
  const names = Object.keys(limitsSchema.shape);
  const limits = fc.record(Object.fromEntries(names.map((name) => [name, positive])), { requiredKeys: [] });
  fc.assert(
    fc.property(limits, (given) => {
      const parts = writeLimits(given)
        .split(', ')
        .filter((part) => part !== '')
        .map((part) => part.split('='));
      const read = parts.map(([name, value]) => [name, name === 'processes' ? Number(value) : value]);
      expect(writtenLimitsSchema.parse(Object.fromEntries(read))).toEqual(given);
    }),
  );
});
