/**
 * Works through the items, at most `width` under way. The first failure fires the signal of all others, and is thrown
 * once they have ended.
 */
export async function forEachAtOnce<T>(
  items: readonly T[],
  width: number,
  work: (item: T, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const failure = new AbortController();
  const inner = AbortSignal.any([signal, failure.signal]);
  const rest = items.values();
  const lanes = Array.from({ length: Math.min(width, items.length) }, async () => {
    // The lanes share one iterator, so each item is taken once.
    for (const item of rest) {
      await work(item, inner);
    }
  });
  await Promise.allSettled(lanes.map((lane) => lane.catch((error: unknown) => failure.abort(error))));
  failure.signal.throwIfAborted();
}
