import type { ScoredCandidate } from './tested-verdict.ts';

/**
 * Area under the ROC curve, in [0, 1]: the chance that a correct candidate scores higher than a wrong one, both drawn at
 * random; a tie counts one half. 0.5 says nothing, below it the order is the wrong way round. Null unless there are both
 * correct and wrong candidates.
 */
export function areaUnderCurve(candidates: readonly ScoredCandidate[]): number | null {
  const { levels, levelOf } = scoreLevels(candidates.map(({ score }) => score));
  const counts = createLevelCounts(levels);
  candidates.forEach(({ truth }, i) => {
    counts.add(levelOf[i] as number, truth);
  });
  return counts.area();
}

/** The place of each score among the distinct ones, 0 = lowest. */
export function scoreLevels(scores: ArrayLike<number>): { levels: number; levelOf: Int32Array } {
  const distinct = Float64Array.from(scores).sort();
  let levels = 0;
  for (const score of distinct) {
    if (levels === 0 || score !== distinct[levels - 1]) distinct[levels++] = score;
  }
  const levelOf = new Int32Array(scores.length);
  for (let i = 0; i < levelOf.length; i++) {
    let [low, high] = [0, levels - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((distinct[middle] as number) < (scores[i] as number)) low = middle + 1;
      else high = middle;
    }
    levelOf[i] = low;
  }
  return { levels, levelOf };
}

/** Correct and wrong candidates counted by level of score: the area in one pass, without sorting again. */
export interface LevelCounts {
  readonly add: (level: number, truth: 0 | 1) => void;
  /** As `areaUnderCurve`. */
  readonly area: () => number | null;
}

export function createLevelCounts(levels: number): LevelCounts {
  const counts = [new Int32Array(levels), new Int32Array(levels)] as const;
  return {
    add: (level, truth) => {
      counts[truth][level] = (counts[truth][level] as number) + 1;
    },
    area: () => {
      const [wrong, correct] = counts;
      let [wrongBelow, correctBelow, wins] = [0, 0, 0];
      for (let level = 0; level < levels; level++) {
        const [wrongHere, correctHere] = [wrong[level] as number, correct[level] as number];
        wins += correctHere * (wrongBelow + wrongHere / 2);
        wrongBelow += wrongHere;
        correctBelow += correctHere;
      }
      return wrongBelow === 0 || correctBelow === 0 ? null : wins / (wrongBelow * correctBelow);
    },
  };
}

/**
 * Unweighted mean of the area over the tasks that have both correct and wrong candidates: what choosing among the candidates
 * of one task needs, whatever a judge knows of which tasks are hard. Null without such a task.
 */
export function areaWithinTasks(
  candidates: readonly (ScoredCandidate & { readonly taskId: string })[],
): number | null {
  const areas = [...Map.groupBy(candidates, ({ taskId }) => taskId).values()]
    .map(areaUnderCurve)
    .filter((area) => area !== null);
  return areas.length === 0 ? null : areas.reduce((sum, area) => sum + area, 0) / areas.length;
}
