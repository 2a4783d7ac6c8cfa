import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { cannotWrite } from '../io/cannot-write.ts';

/** An empty database in a file of its own, for the time of one run. */
export interface OpenTable {
  readonly database: DatabaseSync;
  /** Does work that writes; its faults are told as those of the file. */
  readonly writing: <T>(work: () => T) => T;
  /** Removes the file and what SQLite keeps beside it. */
  readonly remove: () => void;
}

/**
 * Opens an empty database in a file of that path, replacing whatever a killed run left there.
 *
 * @throws {CodejuryError} `disk-full` or `usage` when it cannot be written, here and in all that `writing` does
 */
export async function openTable(path: string, schema: string): Promise<OpenTable> {
  const { DatabaseSync } = await import('node:sqlite');
  const remove = () => {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  };
  const writing = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw cannotWrite(path, error);
    }
  };
  remove();
  const database = writing(() => new DatabaseSync(path));
  try {
    writing(() => database.exec(schema));
  } catch (error) {
    database.close();
    remove();
    throw error;
  }
  return { database, writing, remove };
}
