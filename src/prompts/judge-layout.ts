import { COMPACT_JUDGE_HASH, compactJudgePrompt } from './compact-judge.ts';
import type { JudgeLayout, JudgePrompt, JudgeTask } from './judge-prompt.ts';
import { RANKEF_JUDGE_HASH, type RankefPart, rankefJudgePrompt } from './rankef-judge.ts';
import { ZERO_SHOT_JUDGE_HASH, zeroShotJudgePrompt } from './zero-shot-judge.ts';

export interface JudgePromptRequest {
  readonly layout: JudgeLayout;
  readonly task: JudgeTask;
  readonly code: string;
  /** Layout `rankef` only: what is asked for; `classification` unless given. */
  readonly part?: RankefPart;
}

/** The prompt of a judge that answers with a label, the same in training rows and when it is asked. */
export function judgePrompt({ layout, task, code, part }: JudgePromptRequest): JudgePrompt {
  switch (layout) {
    case 'zero-shot':
      return zeroShotJudgePrompt(task, code);
    case 'compact':
      return compactJudgePrompt(task, code);
    case 'rankef':
      return rankefJudgePrompt(task, code, part ?? 'classification');
  }
}

/** Identifies the wording of each layout. */
export const JUDGE_LAYOUT_HASHES: Readonly<Record<JudgeLayout, string>> = {
  'zero-shot': ZERO_SHOT_JUDGE_HASH,
  compact: COMPACT_JUDGE_HASH,
  rankef: RANKEF_JUDGE_HASH,
};
