import type { Session } from './session.ts';

export interface SessionPoolOptions {
  readonly open: () => Session;
  /** Requests after which a session is replaced; 1 = every session serves one candidate. Default: no end. */
  readonly servesAtMost?: number;
  /** Sessions started before they are needed, so that nobody waits for their start. Default 0. */
  readonly startsAhead?: number;
}

/** Sessions of one kind, opened as they are needed and used again while they are sound. */
export interface SessionPool {
  /**
   * Lends a session nobody else has. It goes back to the pool if it is still open and serves more.
   *
   * @param fresh true = one that was not asked anything yet
   */
  use<T>(work: (session: Session) => Promise<T>, fresh?: boolean): Promise<T>;
  close(): Promise<void>;
}

export function createSessionPool({
  open,
  servesAtMost = Number.POSITIVE_INFINITY,
  startsAhead = 0,
}: SessionPoolOptions): SessionPool {
  const idle: Session[] = [];
  const all = new Set<Session>();
  let isClosed = false;
  const start = (): Session => {
    const session = open();
    all.add(session);
    return session;
  };
  const retire = async (session: Session) => {
    await session.close();
    all.delete(session);
  };
  const take = (fresh: boolean): Session => {
    for (const session of [...idle]) {
      if (session.isOpen && fresh && session.asked > 0) continue;
      idle.splice(idle.indexOf(session), 1);
      if (session.isOpen) return session;
      void retire(session);
    }
    return start();
  };
  return {
    use: async (work, fresh = false) => {
      if (isClosed) throw new Error('the session pool is closed');
      const session = take(fresh);
      // Started while this one works: it has the time of a whole candidate to get ready.
      while (idle.length < startsAhead) idle.push(start());
      try {
        return await work(session);
      } finally {
        if (session.isOpen && session.asked < servesAtMost && !isClosed) idle.push(session);
        else await retire(session);
      }
    },
    close: async () => {
      isClosed = true;
      idle.length = 0;
      await Promise.all([...all].map(retire));
    },
  };
}
