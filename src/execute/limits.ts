import type { Limits } from '../contracts/limits.ts';
import { CodejuryError } from '../errors.ts';

export type { Limits };

/** CPU time may exceed wall time when threads run at once; it only has to stop what the wall clock does not see. */
const CPU_GRACE_MS = 5_000;

/** Used where no reference solution was timed: generous for a benchmark's tests on a slow, busy machine. */
const UNKNOWN_RUN_LIMIT_MS = 15_000;

export const defaultLimits: Limits = {
  wallTimeMs: UNKNOWN_RUN_LIMIT_MS,
  cpuTimeMs: UNKNOWN_RUN_LIMIT_MS + CPU_GRACE_MS,
  // Far above what tests of single functions need, and two at once still fit a laptop.
  memoryBytes: 1024 ** 3,
  // Thread pools of a function under test stay below; a fork bomb is over at once.
  processes: 64,
  // The runners print a few kilobytes; a candidate's own output goes nowhere.
  outputBytes: 1024 ** 2,
  // Lives in memory, so it counts as memory too.
  scratchBytes: 32 * 1024 ** 2,
  fileBytes: 16 * 1024 ** 2,
};

/**
 * The limits with every default. CPU time follows a wall time that was set without it.
 *
 * @throws {CodejuryError} `usage` for a value that is not a positive whole number.
 */
export function resolveLimits(limits: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value <= 0) {
      throw new CodejuryError('usage', `limits.${name}: expected a positive whole number, received ${value}`);
    }
  }
  const wallTimeMs = limits.wallTimeMs ?? defaultLimits.wallTimeMs;
  return { ...defaultLimits, cpuTimeMs: wallTimeMs + CPU_GRACE_MS, ...limits };
}

/**
 * Wall time in milliseconds for a candidate of a task whose reference solution took `referenceMs`: ten times that, at
 * least 2 s; for the tasks of EvalPlus, with their many inputs, four times and at least 4 s. 15 s when no reference was
 * run (null).
 */
export function runLimitMs(referenceMs: number | null, benchmark = ''): number {
  if (referenceMs === null) return UNKNOWN_RUN_LIMIT_MS;
  const [least, factor] = /plus$/.test(benchmark) ? [4_000, 4] : [2_000, 10];
  return Math.max(least, Math.ceil(factor * referenceMs));
}
