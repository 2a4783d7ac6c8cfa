import { CodejuryError, throwIfAborted } from '../../errors.ts';
import { ServerFault } from './server-fault.ts';

/** A server that asks for a longer pause than this is reported instead of waited for. */
const LONGEST_PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LARGEST_BACKOFF_MS = 8_000;

export interface RetryPolicy {
  readonly maxRetries: number;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1): the jitter that keeps parallel requests from coming back together. */
  readonly random: () => number;
  /** Asked before each further attempt. */
  readonly mayRetry?: (() => boolean) | undefined;
}

/**
 * The result of the first attempt that succeeds. A retryable fault is tried again after the pause the server asked for
 * (Retry-After, up to 60 s), else after 0.5, 1, 2, 4, 8, 8 … s less a random part of up to a half.
 *
 * @throws the last fault, or `aborted`.
 */
export async function withRetries<T>(run: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      const pauseMs = pauseAfter(error, attempt, policy);
      if (pauseMs === null) {
        throw error;
      }
      await policy.sleep(pauseMs, policy.signal).catch((cause: unknown) => {
        throwIfAborted(policy.signal);
        throw cause;
      });
    }
  }
}

/** Null when another attempt is no use. */
function pauseAfter(error: unknown, attempt: number, policy: RetryPolicy): number | null {
  const retryable = error instanceof CodejuryError && error.retryable;
  if (!retryable || attempt >= policy.maxRetries || policy.mayRetry?.() === false) {
    return null;
  }
  const asked = error instanceof ServerFault ? error.details.retryAfterMs : null;
  if (asked !== null) {
    return asked <= LONGEST_PAUSE_MS ? asked : null;
  }
  const longest = Math.min(LARGEST_BACKOFF_MS, FIRST_PAUSE_MS * 2 ** attempt);
  return longest * (1 - policy.random() / 2);
}
