import type { Session } from './session.ts';
import { createSessionPool, type SessionPool, type SessionPoolOptions } from './session-pool.ts';

/** Pools of sessions that differ in what is fixed when they start, e.g. limits and the seed of hashes. */
export interface SessionPools<Kind> {
  /** As the pool of that kind would. Kinds are the same when they look the same as JSON. */
  use<T>(kind: Kind, work: (session: Session) => Promise<T>, fresh?: boolean): Promise<T>;
  close(): Promise<void>;
}

/** Kinds whose idle sessions are kept at the same time: the five seeds of an inspection take turns, and one more. */
const KINDS_KEPT = 6;

interface Entry {
  readonly pool: SessionPool;
  users: number;
}

export function createSessionPools<Kind>(
  options: Omit<SessionPoolOptions, 'open'> & { readonly open: (kind: Kind) => Session },
): SessionPools<Kind> {
  // In the order of their last use.
  const entries = new Map<string, Entry>();
  const closeUnused = async () => {
    for (const [key, entry] of entries) {
      if (entries.size <= KINDS_KEPT) return;
      if (entry.users > 0) continue;
      entries.delete(key);
      await entry.pool.close();
    }
  };
  return {
    use: async (kind, work, fresh) => {
      const key = JSON.stringify(kind);
      const entry = entries.get(key) ?? {
        pool: createSessionPool({ ...options, open: () => options.open(kind) }),
        users: 0,
      };
      entries.delete(key);
      entries.set(key, entry);
      entry.users += 1;
      try {
        return await entry.pool.use(work, fresh);
      } finally {
        entry.users -= 1;
        await closeUnused();
      }
    },
    close: async () => {
      await Promise.all([...entries.values()].map(({ pool }) => pool.close()));
    },
  };
}
