import type { ReplayedDraw, ReplayedSample } from '../../evaluate/replay/replayed-draw.ts';
import type { Ranker } from '../../select/ranker.ts';
import type { DrawnPool } from '../rank/draw-pools.ts';
import type { TaskLabels } from '../rank/label-book.ts';

/** A pool drawn from, and what the tests said of its candidates. */
export interface LabelledDraws {
  readonly drawn: DrawnPool;
  readonly labels: TaskLabels;
}

/** The largest draws of pools, with the scores that a team gives, as a replay takes them: a sample costs 0, a judgement 1. */
export async function replayDraws(
  pools: readonly LabelledDraws[],
  team: Ranker,
  n: number,
): Promise<ReplayedDraw[]> {
  const replayed: ReplayedDraw[] = [];
  for (const { drawn, labels } of pools) {
    const scorer = await team.prepare(drawn.ranked);
    for (const { repetition, size, draw, positions } of drawn.draws) {
      if (size !== n) continue;
      const scores = scorer(draw);
      const samples = positions.map((position): ReplayedSample => {
        const candidate = drawn.pool.samples[position]?.candidate ?? null;
        if (candidate === null) return { candidate: null, cost: 0 };
        const { id, meanLogProbability } = candidate;
        const passed = labels.candidates.get(id) === true;
        return {
          candidate: { id, score: scores.get(id) ?? null, meanLogProbability, passed, judgementCost: 1 },
          cost: 0,
        };
      });
      replayed.push({ taskId: drawn.ranked.task.id, repetition, samples, large: null });
    }
  }
  return replayed;
}
