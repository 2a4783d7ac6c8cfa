import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodejuryError } from '../errors.ts';
import { cannotWrite } from '../io/cannot-write.ts';

/** Finished work keyed by the hash of everything that determines it. */
export interface ResultCache {
  /** The stored value, or null. */
  readonly get: (kind: ResultKind, key: string) => unknown;
  /**
   * Committed when it returns; an existing value stays.
   *
   * @throws {CodejuryError} `disk-full`
   */
  readonly put: (kind: ResultKind, key: string, value: unknown) => void;
  readonly close: () => void;
}

export type ResultKind = 'sample' | 'verdict' | 'execution' | 'text-score' | 'observation';

/** A cache that remembers nothing. */
export const noResultCache: ResultCache = { get: () => null, put: () => undefined, close: () => undefined };

/** Another process may hold the write lock for this long, in milliseconds, before we give up. */
const BUSY_TIMEOUT_MS = 5000;

const NO_ROOM =
  'free some space and run the command again, which takes up what is on record; or set CODEJURY_HOME to another disk, or use --no-cache';

/**
 * Opens the SQLite file (WAL), creating it and its folder.
 *
 * @throws {CodejuryError} `usage` when the file cannot be opened or is not a database.
 */
export async function openResultCache(path: string): Promise<ResultCache> {
  const { DatabaseSync } = await import('node:sqlite');
  try {
    mkdirSync(dirname(path), { recursive: true });
    const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = normal;
      create table if not exists result (
        kind text not null, key text not null, value text not null,
        primary key (kind, key)
      ) strict, without rowid;
    `);
    const select = database.prepare('select value from result where kind = ? and key = ?');
    const insert = database.prepare('insert or ignore into result (kind, key, value) values (?, ?, ?)');
    return {
      get: (kind, key) => {
        const row = select.get(kind, key);
        return row === undefined ? null : JSON.parse(String(row.value));
      },
      put: (kind, key, value) => {
        try {
          insert.run(kind, key, JSON.stringify(value));
        } catch (error) {
          throw cannotWrite(path, error, NO_ROOM);
        }
      },
      close: () => database.close(),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CodejuryError('usage', `cannot open the results file ${path} (${reason})`, {
      hint: 'remove it, set CODEJURY_HOME to a writable folder, or use --no-cache',
      cause,
    });
  }
}
