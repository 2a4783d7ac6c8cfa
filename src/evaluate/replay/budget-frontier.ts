import { type Frontier, openReplay, replayUntil } from './replay-outcome.ts';
import type { ReplayedDraw } from './replayed-draw.ts';

/**
 * What a fixed number of samples comes to, whatever they score: what stopping early has to beat. A draw with fewer is taken whole.
 *
 * @param budgets samples a draw
 * @throws {RangeError} for a budget that is no whole number from 1 on; as drawsByTask.
 */
export function budgetFrontier(draws: readonly ReplayedDraw[], budgets: readonly number[]): Frontier {
  const wrong = budgets.find((budget) => !Number.isSafeInteger(budget) || budget < 1);
  if (wrong !== undefined) throw new RangeError(`expected at least 1 sample, received ${wrong}`);
  const replay = openReplay(draws);
  return {
    full: replayUntil(replay, () => false),
    points: budgets.map((setting) => ({
      setting,
      ...replayUntil(replay, ({ samples }) => samples >= setting),
    })),
  };
}
