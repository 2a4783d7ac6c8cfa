import type { JudgePrompt, JudgeTask } from './judge-prompt.ts';
import { JUDGE_INSTRUCTION, solvedBlock, zeroShotBlock } from './zero-shot-judge.ts';

/** A candidate whose label is known. */
export interface SolvedJudgement {
  readonly task: JudgeTask;
  readonly code: string;
  readonly label: 0 | 1;
}

// The examples end with their label, without the scale that the question repeats: with it a 135M model names a number half as
// often (label mass 0.3 instead of 0.6 on bundled tasks).

/**
 * The few-shot judge prompt: the instruction once, the solved examples in the layout of the question with their labels as
 * output, then the question. Only the instruction is shared, since each candidate has examples of its own.
 */
export function fewShotJudgePrompt(
  task: JudgeTask,
  code: string,
  examples: readonly SolvedJudgement[],
): JudgePrompt {
  const solved = examples.map((example) => solvedBlock(example.task, example.code, example.label));
  return { shared: JUDGE_INSTRUCTION, own: [...solved, ...zeroShotBlock(task, code)].join('') };
}
