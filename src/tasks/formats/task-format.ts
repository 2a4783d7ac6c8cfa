import type { Task } from '../../contracts/task.ts';
import type { JsonRecord } from '../../io/read-json-records.ts';

/** What a record is read with. */
export interface FormatContext {
  /** File and line, named first in messages. */
  readonly place: string;
  readonly file: string;
  readonly line: number;
  /** CoderEval: the folder with the project checkouts; null = without. */
  readonly projectFolder: string | null;
  /** All files below a folder, absolute; none when it is not there. Looked up once a folder. */
  readonly filesBelow: (folder: string) => Promise<readonly string[]>;
}

/** A benchmark's own record format. */
export interface TaskFormat {
  /** For people. */
  readonly name: string;
  /** Fields that every record has and that tell the format from the others. */
  readonly fields: readonly string[];
  /** Whether several records may describe the same task: one candidate a record. */
  readonly repeatsTasks?: true;
  /**
   * The task of one record.
   *
   * @throws {CodejuryError} `usage` naming place, field, expected and received.
   */
  readonly toTask: (record: JsonRecord, context: FormatContext) => Task | Promise<Task>;
}
