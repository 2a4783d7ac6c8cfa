import type { CustomLanguage } from '../../contracts/custom-language.ts';
import { throwIfAborted } from '../../errors.ts';
import type { CandidateTable } from '../../store/candidate-table.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { candidateId } from '../../util/candidate-id.ts';
import { type SampleCandidateOptions, sampleCandidates } from '../sample-candidates.ts';

export interface CollectOptions extends SampleCandidateOptions {
  readonly table: CandidateTable;
  readonly index: TaskIndex;
  /** File or folder. */
  readonly samples: string;
  /** Tasks whose samples are only counted. */
  readonly excluded: ReadonlySet<string>;
  readonly languages: readonly CustomLanguage[];
  readonly signal: AbortSignal;
  readonly onProgress: (samples: number) => void;
}

/** Samples between two reports of progress. */
const REPORT_EVERY = 500;

/**
 * Reads samples into the table, equal candidates of a task merged.
 *
 * @returns how many samples of excluded tasks were left out
 * @throws {CodejuryError} what reading the samples throws, naming file, line and field; `aborted`.
 */
export async function collectCandidates(options: CollectOptions): Promise<number> {
  const { table, index, signal } = options;
  let leftOut = 0;
  let read = 0;
  for await (const found of sampleCandidates(readSamples(options.samples, index), index, options)) {
    const { sample, task, code, rejected, dedupeKey } = found;
    read += 1;
    if (read % REPORT_EVERY === 0) {
      throwIfAborted(signal);
      options.onProgress(read);
    }
    if (options.excluded.has(task.id)) {
      leftOut += 1;
      continue;
    }
    const id = candidateId(task.id, code);
    table.add(sample.index, {
      candidateId: id,
      // A rejected text and an accepted one may be the same.
      key: rejected === null ? candidateId(task.id, dedupeKey) : `rejected ${id}`,
      taskId: task.id,
      code,
      generator: sample.generator,
      rejected,
      passed: sample.passed,
    });
  }
  table.flush();
  return leftOut;
}
