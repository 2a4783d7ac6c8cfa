import { passAtK } from '../../evaluate/pass-at-k.ts';
import { randomExpectation } from '../../select/random-expectation.ts';
import type { DrawnPool } from './draw-pools.ts';
import type { TaskLabels } from './label-book.ts';
import type { RankedDraws } from './run-rankers.ts';

/** By task id: share of what was chosen that passes, mean over the task's repetitions. */
export type TaskMeans = ReadonlyMap<string, number>;

/** A pool whose labels are known, and where its draws begin among those of all pools. */
export interface LabelledPool {
  readonly drawn: DrawnPool;
  readonly labels: TaskLabels;
  readonly firstDraw: number;
}

/** How often the ranker's choice passes in draws of `size`; a draw without candidates counts as a failure. */
export function chosenMeans(pools: readonly LabelledPool[], ranked: RankedDraws, size: number): TaskMeans {
  return meansOf(pools, size, ({ labels, firstDraw }, _draw, index) => {
    const chosen = ranked.selections[firstDraw + index]?.candidateId ?? null;
    return chosen !== null && labels.candidates.get(chosen) === true ? 1 : 0;
  });
}

/** Any sample of the whole pool, those without a candidate as failures: pass@1 of the generator alone. */
export function singleMeans(pools: readonly LabelledPool[]): TaskMeans {
  return new Map(
    pools.map(({ drawn, labels }) => [drawn.pool.task.id, randomExpectation(labels.samples) ?? 0]),
  );
}

/** Exact chance that a sample of the draw, taken at random among those with a candidate, passes. */
export function randomSampleMeans(pools: readonly LabelledPool[], size: number): TaskMeans {
  return meansOf(pools, size, ({ drawn, labels }, { positions }) => {
    const withCandidate = positions.filter((position) => drawn.pool.samples[position]?.candidate !== null);
    return randomExpectation(withCandidate.map((position) => labels.samples[position] === true)) ?? 0;
  });
}

/** Exact chance that a distinct candidate of the draw, taken at random, passes. */
export function randomCandidateMeans(pools: readonly LabelledPool[], size: number): TaskMeans {
  return meansOf(pools, size, ({ labels }, { draw }) => {
    const passes = draw.candidates.map(({ candidate }) => labels.candidates.get(candidate.id) === true);
    return randomExpectation(passes) ?? 0;
  });
}

/** Whether any candidate of the draw passes: no choice can do better. */
export function oracleMeans(pools: readonly LabelledPool[], size: number): TaskMeans {
  return meansOf(pools, size, ({ labels }, { draw }) =>
    draw.candidates.some(({ candidate }) => labels.candidates.get(candidate.id) === true) ? 1 : 0,
  );
}

/** Exact pass@`size` of the pool, of which the oracle's draws are a sample; tasks with smaller pools are left out. */
export function poolPassAtK(pools: readonly LabelledPool[], size: number): TaskMeans {
  return new Map(
    pools.flatMap(({ drawn, labels }) => {
      const value = passAtK(labels.samples.length, labels.samples.filter(Boolean).length, size);
      return value === null ? [] : [[drawn.pool.task.id, value] as const];
    }),
  );
}

function meansOf(
  pools: readonly LabelledPool[],
  size: number,
  passes: (pool: LabelledPool, draw: DrawnPool['draws'][number], index: number) => number,
): TaskMeans {
  return new Map(
    pools.map((pool) => {
      const { draws, pool: of } = pool.drawn;
      const values = draws.flatMap((draw, index) => (draw.size === size ? [passes(pool, draw, index)] : []));
      return [of.task.id, values.reduce((total, value) => total + value, 0) / values.length];
    }),
  );
}
