import type { JudgePrompt, JudgeTask } from './judge-prompt.ts';
import { JUDGE_INSTRUCTION, zeroShotBlock } from './zero-shot-judge.ts';

/** A candidate whose label is known. */
export interface SolvedJudgement {
  readonly task: JudgeTask;
  readonly code: string;
  readonly label: 0 | 1;
}

/**
 * The few-shot judge prompt: the instruction once, the solved examples in the layout of the question with their labels as
 * output, then the question. Only the instruction is shared, since each candidate has examples of its own.
 */
export function fewShotJudgePrompt(
  task: JudgeTask,
  code: string,
  examples: readonly SolvedJudgement[],
): JudgePrompt {
  const solved = examples.map(
    (example) => `${zeroShotBlock(example.task, example.code).join('')}\n${example.label}`,
  );
  return { shared: JUDGE_INSTRUCTION, own: [...solved, ...zeroShotBlock(task, code)].join('') };
}
