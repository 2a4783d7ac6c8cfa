import { CodejuryError } from '../../errors.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import type { SamplePool } from './read-pools.ts';

/** Which samples and candidates of a task are right. Made for the report; no ranker gets to see it. */
export interface TaskLabels {
  /** One a sample of the pool, in its order; what holds no candidate counts as failed. */
  readonly samples: readonly boolean[];
  /** By candidate id: what the first of its samples is. */
  readonly candidates: ReadonlyMap<string, boolean>;
  /** Candidates whose samples do not agree. */
  readonly conflicts: number;
}

/**
 * Labels by the number of a sample, out of what `codejury execute` wrote for the same samples, or any samples that say whether
 * they passed.
 *
 * @throws {CodejuryError} as readSamples does; `usage` when nothing in the file has a label, or a label is another task's.
 */
export async function readLabels(
  path: string,
  tasks: TaskIndex,
  pools: readonly SamplePool[],
): Promise<ReadonlyMap<number, boolean>> {
  const taskOf = new Map(pools.flatMap(({ task, samples }) => samples.map(({ index }) => [index, task.id])));
  const labels = new Map<number, boolean>();
  for await (const { index, taskId, passed, place } of readSamples(path, tasks)) {
    const expected = taskOf.get(index);
    if (passed === null || expected === undefined) continue;
    if (expected !== taskId) {
      throw new CodejuryError(
        'usage',
        `${place}: sample ${index} is one of ${taskId} here, and one of ${expected} among the samples`,
        { hint: 'labels are those that `codejury execute` found for the same file of samples' },
      );
    }
    labels.set(index, passed);
  }
  if (labels.size === 0) {
    throw new CodejuryError('usage', `${path}: no label for any of the samples`, {
      hint: 'expected what `codejury execute --out` wrote for the same file of samples',
    });
  }
  return labels;
}

/** The labels of one pool; null when one of its candidates has none: what is unknown is not a failure. */
export function labelsOf(pool: SamplePool, labels: ReadonlyMap<number, boolean>): TaskLabels | null {
  const samples: boolean[] = [];
  const candidates = new Map<string, boolean>();
  const conflicting = new Set<string>();
  for (const { index, candidate } of pool.samples) {
    const passed = candidate === null ? false : labels.get(index);
    if (passed === undefined) return null;
    samples.push(passed);
    if (candidate === null) continue;
    const first = candidates.get(candidate.id) ?? passed;
    if (first !== passed) conflicting.add(candidate.id);
    candidates.set(candidate.id, first);
  }
  return { samples, candidates, conflicts: conflicting.size };
}
