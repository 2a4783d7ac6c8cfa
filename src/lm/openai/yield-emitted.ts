/**
 * Turns a producer that emits values into an async generator of them, in the order emitted. A consumer that stops early
 * fires the producer's signal; the generator ends only when the producer has.
 *
 * @throws what the producer throws, after the values emitted before.
 */
export async function* yieldEmitted<T extends object>(
  produce: (emit: (value: T) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const stop = new AbortController();
  const waiting: T[] = [];
  let wake = Promise.withResolvers<void>();
  let ended = false;
  const producer = produce(
    (value) => {
      waiting.push(value);
      wake.resolve();
    },
    AbortSignal.any([signal, stop.signal]),
  );
  const end = producer.finally(() => {
    ended = true;
    wake.resolve();
  });
  // Handled where it is awaited below; a consumer that stopped early does not want to hear of it.
  end.catch(() => {});
  try {
    for (;;) {
      const value = waiting.shift();
      if (value !== undefined) {
        yield value;
      } else if (ended) {
        await end;
        return;
      } else {
        await wake.promise;
        wake = Promise.withResolvers<void>();
      }
    }
  } finally {
    stop.abort();
    await Promise.allSettled([end]);
  }
}
