import { availableParallelism } from 'node:os';

/** More threads than this gain little on small models and get in the way of executing candidates. */
const MOST_THREADS = 8;

/**
 * Threads to compute with: what was asked for, but never more than there are cores (more of them wait for each other:
 * a run becomes a hundred times slower and can hardly be interrupted), or one core less than there are (the program itself needs one; a
 * decoding thread that waits for a core slows all others down), at least 1 and at most 8.
 */
export function resolveThreads(asked: number | null, cores: number = availableParallelism()): number {
  return asked === null ? Math.max(1, Math.min(MOST_THREADS, cores - 1)) : Math.min(asked, cores);
}
