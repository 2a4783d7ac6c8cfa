import { throwIfAborted } from '../../errors.ts';
import type { CandidateTable } from '../../store/candidate-table.ts';
import { candidateId } from '../../util/candidate-id.ts';
import type { SampleCandidate } from '../sample-candidates.ts';

export interface CollectOptions {
  readonly table: CandidateTable;
  readonly candidates: AsyncIterable<SampleCandidate>;
  /** Tasks whose samples are only counted. */
  readonly excluded: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly onProgress?: ((samples: number) => void) | undefined;
}

/** Samples between two reports of progress. */
const REPORT_EVERY = 500;

/**
 * Puts candidates into the table, equal ones of a task merged.
 *
 * @returns how many samples of excluded tasks were left out
 * @throws {CodejuryError} what the source of the candidates throws; `aborted`.
 */
export async function collectCandidates(options: CollectOptions): Promise<number> {
  const { table, signal } = options;
  let leftOut = 0;
  let read = 0;
  for await (const { sample, task, code, rejected, dedupeKey } of options.candidates) {
    read += 1;
    if (read % REPORT_EVERY === 0) {
      throwIfAborted(signal);
      options.onProgress?.(read);
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
