import type { CustomLanguage } from '../../contracts/custom-language.ts';
import type { GivenSample } from '../../contracts/given-sample.ts';
import { CodejuryError } from '../../errors.ts';
import { readSamples } from '../../tasks/samples/read-samples.ts';
import type { TaskIndex } from '../../tasks/task-index.ts';
import { sampleCandidates } from '../sample-candidates.ts';
import { uncleanedId } from '../sample-id.ts';
import { identifySample, type Pools, type SampleIdentity, type SamplePool } from './read-pools.ts';

/** What reading samples takes. */
interface Known {
  readonly tasks: TaskIndex;
  readonly languages: readonly CustomLanguage[];
}

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
 * they passed. A label is of the same sample when its code is what `execute` makes of the sample, or the function in both is the
 * same.
 *
 * @throws {CodejuryError} as readSamples does; `usage` when nothing in the file has a label, one is of another sample, or two of a
 * sample contradict each other, naming the line.
 */
export async function readLabels(
  path: string,
  known: Known,
  { samples }: Pick<Pools, 'samples'>,
): Promise<ReadonlyMap<number, boolean>> {
  const labels = new Map<number, boolean>();
  for await (const sample of readSamples(path, known.tasks)) {
    const { index, taskId, passed, place } = sample;
    const expected = samples.get(index);
    if (passed === null || expected === undefined) continue;
    if (taskId !== expected.taskId || !(await isSame(sample, expected, known))) {
      throw new CodejuryError(
        'usage',
        taskId === expected.taskId
          ? `${place}: sample ${index} of ${taskId} is other code than among the samples`
          : `${place}: sample ${index} is one of ${taskId} here, and one of ${expected.taskId} among the samples`,
        { hint: 'labels are those that `codejury execute` found for the same file of samples' },
      );
    }
    const before = labels.get(index);
    if (before !== undefined && before !== passed) {
      throw new CodejuryError(
        'usage',
        `${place}: sample ${index} ${said(passed)} here, and ${said(before)} before`,
        {
          hint: 'was the file put together of several runs?',
        },
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

function said(passed: boolean): string {
  return passed ? 'passed' : 'failed';
}

async function isSame(
  sample: GivenSample,
  { sampleId: stands, candidateId }: SampleIdentity,
  { tasks, languages }: Known,
): Promise<boolean> {
  const task = tasks.get(sample.taskId);
  // What is code already need not be cleaned to see that it is the same.
  if (task !== null && uncleanedId(sample, task) === stands) return true;
  for await (const made of sampleCandidates(only(sample), tasks, { clean: 'always', languages })) {
    const found = identifySample(made);
    return [stands, candidateId].some((id) => id === found.sampleId || id === found.candidateId);
  }
  return false;
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
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
