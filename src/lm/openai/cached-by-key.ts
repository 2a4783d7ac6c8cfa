import { throwIfAborted } from '../../errors.ts';
import { unlessAborted } from './unless-aborted.ts';

/**
 * Remembers the result of `find` per key; simultaneous calls share one. A failure is not remembered. Each caller stops
 * waiting when its own signal fires; what is shared goes on for the others.
 */
export function cachedByKey<K, V>(find: (key: K) => Promise<V>): (key: K, signal: AbortSignal) => Promise<V> {
  const found = new Map<K, Promise<V>>();
  return async (key, signal) => {
    throwIfAborted(signal);
    let result = found.get(key);
    if (result === undefined) {
      result = find(key);
      found.set(key, result);
      result.catch(() => found.delete(key));
    }
    return unlessAborted(result, signal);
  };
}
