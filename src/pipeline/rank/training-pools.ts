import { CodejuryError } from '../../errors.ts';
import type { PoolCandidate } from '../../select/ranker.ts';
import { type DescribedTask, groupProblems } from '../../util/problem-groups.ts';
import { readDatasetCandidates, readDatasetTasks } from '../read-dataset-lines.ts';
import { rankedTask, type SamplePool } from './read-pools.ts';

/** Pools with labels that a ranker may learn from. */
export interface TrainingPools {
  readonly pools: readonly SamplePool[];
  /** By candidate id. */
  readonly labels: ReadonlyMap<string, 0 | 1>;
  /** Tasks left out because what is ranked is about the same problem. */
  readonly overlapping: number;
}

/**
 * The training tasks of a dataset as pools of samples, without those that are ranked or are about the same as one that is (see
 * groupProblems): what is measured must not be learnt from.
 *
 * @throws {CodejuryError} `not-found` or `usage`, naming file and line; `usage` when no task is left.
 */
export async function readTrainingPools(
  folder: string,
  ranked: readonly DescribedTask[],
): Promise<TrainingPools> {
  const lines = await Array.fromAsync(readDatasetTasks(folder));
  const problems = groupProblems(lines.map(({ task }) => task));
  const taken = new Set(ranked.flatMap((task) => [...problems.about(task)]));
  const tasks = new Map<string, ReturnType<typeof rankedTask>>();
  const overlapping = new Set<string>();
  for (const { split, task } of lines) {
    if (split !== 'train') continue;
    if (taken.has(problems.of.get(task.id) ?? task.id)) overlapping.add(task.id);
    else tasks.set(task.id, rankedTask(task));
  }
  const samples = new Map<string, { index: number; candidate: PoolCandidate }[]>();
  const labels = new Map<string, 0 | 1>();
  const leftOut = new Set<string>();
  for await (const row of readDatasetCandidates(folder)) {
    if (overlapping.has(row.taskId)) leftOut.add(row.taskId);
    if (!tasks.has(row.taskId)) continue;
    labels.set(row.candidateId, row.label);
    const pool = samples.get(row.taskId) ?? [];
    const indices = Array.from({ length: row.samples }, (_, index) => pool.length + index);
    const candidate = { id: row.candidateId, code: row.code, samples: indices, meanLogProbability: null };
    pool.push(...indices.map((index) => ({ index, candidate })));
    samples.set(row.taskId, pool);
  }
  const pools = [...tasks.values()].flatMap((task) => {
    const pool = samples.get(task.id);
    return pool === undefined ? [] : [{ task, samples: pool }];
  });
  if (pools.length === 0) {
    throw new CodejuryError('usage', `--train ${folder}: no training task is left to learn from`, {
      hint:
        leftOut.size === 0
          ? 'expected a dataset, as `codejury dataset build` makes one'
          : `${leftOut.size} are about problems that are ranked: rank others, with samples of the test tasks`,
    });
  }
  return { pools, labels, overlapping: leftOut.size };
}
