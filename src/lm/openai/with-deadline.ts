import { throwIfAborted } from '../../errors.ts';

export interface Deadline {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The error of an expired deadline. */
  readonly expired: () => Error;
}

/**
 * Runs `work` with a signal that fires when the caller's does or when nothing was heard for `timeoutMs`; calling
 * `alive` starts the wait anew.
 *
 * @throws `aborted` when the caller's signal fired, `expired()` when time ran out, else what `work` threw.
 */
export async function withDeadline<T>(
  deadline: Deadline,
  work: (signal: AbortSignal, alive: () => void) => Promise<T>,
): Promise<T> {
  throwIfAborted(deadline.signal);
  const expiry = new AbortController();
  const timer = setTimeout(() => expiry.abort(deadline.expired()), deadline.timeoutMs);
  const signal = AbortSignal.any([deadline.signal, expiry.signal]);
  try {
    const result = await work(signal, () => timer.refresh());
    // A stream that was aborted ends like one that is complete.
    signal.throwIfAborted();
    return result;
  } catch (error) {
    throwIfAborted(deadline.signal);
    throw expiry.signal.aborted ? expiry.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
