import type { GivenSample } from '../../contracts/given-sample.ts';
import type { TaskIndex } from '../task-index.ts';

/** One sample of a record; the reader gives it its number where the record does not. */
export type RecordedSample = Omit<GivenSample, 'index' | 'place'> & { readonly index?: number };

/** A way to write samples down. */
export interface SampleFormat {
  /** For people. */
  readonly name: string;
  /** Fields that every record has and that tell the format from the others. */
  readonly fields: readonly string[];
  /**
   * The samples of one record.
   *
   * @throws {CodejuryError} `usage` naming place, field, expected and received.
   */
  readonly samplesOf: (
    value: Readonly<Record<string, unknown>>,
    tasks: TaskIndex,
    place: string,
  ) => readonly RecordedSample[];
}
