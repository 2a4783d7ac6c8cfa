import { CodejuryError, throwIfAborted } from '../../errors.ts';

/**
 * The promise's result, unless the signal fires first: what others share, or what waits in a queue, goes on without this
 * caller.
 *
 * @throws {CodejuryError} `aborted`.
 */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  // Not awaited when the signal has already fired.
  promise.catch(() => {});
  throwIfAborted(signal);
  const aborted = Promise.withResolvers<never>();
  const stop = (): void =>
    aborted.reject(new CodejuryError('aborted', 'interrupted', { cause: signal.reason }));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
