import { type Comparison, PERMUTATIONS } from '../../contracts/comparison.ts';
import type { Estimate } from '../../contracts/judge-evaluation.ts';
import { bootstrapMean } from '../../evaluate/bootstrap-mean.ts';
import type { BootstrapOptions } from '../../evaluate/bootstrap-tasks.ts';
import { compareOutcomes } from '../../evaluate/compare-outcomes.ts';
import { adjustComparisons } from '../evaluate/compare-collected.ts';
import type { SelectedDraws } from '../evaluate/read-selections.ts';
import { answerOf, type SingleAnswers } from './large-answers.ts';

/** pass@1 of a model that answers once: every sample counts. */
export function singlePassAt1(answers: SingleAnswers, options: BootstrapOptions): Estimate {
  const means = new Map(
    [...answers].map(([id, passed]) => [id, passed.filter(Boolean).length / passed.length]),
  );
  return bootstrapMean(means, options);
}

/**
 * Each way of choosing against each larger model's single candidate, repetition by repetition; p-values adjusted over all of them.
 * What has no task in common is left out.
 */
export function compareWithLarge(
  chosen: readonly SelectedDraws[],
  large: ReadonlyMap<string, SingleAnswers>,
  options: BootstrapOptions,
): Comparison[] {
  const found = chosen.flatMap((draws) =>
    [...large].flatMap(([name, answers]) => compareTwo(draws, name, answers, options) ?? []),
  );
  return adjustComparisons(found);
}

function compareTwo(draws: SelectedDraws, name: string, answers: SingleAnswers, options: BootstrapOptions) {
  const outcomes = new Map<
    string,
    { both: number; onlyFirst: number; onlySecond: number; neither: number }
  >();
  let leftOut = 0;
  for (const [taskId, repetitions] of draws.tasks) {
    const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
    let paired = 0;
    for (const [repetition, passed] of repetitions) {
      const other = answerOf(answers, taskId, repetition);
      if (passed === null || other === null) {
        leftOut += 1;
        continue;
      }
      paired += 1;
      counts[passed ? (other ? 'both' : 'onlyFirst') : other ? 'onlySecond' : 'neither'] += 1;
    }
    if (paired > 0) outcomes.set(taskId, counts);
  }
  if (outcomes.size === 0) return null;
  return {
    ...{
      first: draws.ranker,
      second: name,
      n: { first: draws.n, second: 1 },
      kappaDifference: null,
      leftOut,
    },
    ...compareOutcomes(outcomes, { ...options, permutations: PERMUTATIONS, weight: 'task' }),
  };
}
