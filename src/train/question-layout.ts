import type { JudgeProfile } from '../contracts/judge-profile.ts';
import type { Objective } from '../contracts/training-choices.ts';

/**
 * The layout of an objective's questions, in its rows and wherever the judge is asked; RankEF has one of its own instead.
 *
 * @param layout what verdicts are to be asked by
 */
export function questionLayout(objective: Objective, layout: JudgeProfile['layout']): JudgeProfile['layout'] {
  // The instruction of zero-shot asks for another scale than that of the classes.
  return objective === 'faults' ? 'compact' : layout;
}
