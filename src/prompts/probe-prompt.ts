import { JUDGE_LAYOUT_HASHES, judgePrompt } from './judge-layout.ts';
import type { JudgeLayout, JudgeTask } from './judge-prompt.ts';

/** A judge prompt in three parts: what the candidates of a task share, the candidate, what follows it. */
export interface ProbePrompt {
  readonly shared: string;
  readonly own: string;
  readonly after: string;
}

/** The prompt of the layout, with the candidate apart: a probe reads the states of its tokens. */
export function probePrompt(layout: JudgeLayout, task: JudgeTask, code: string): ProbePrompt {
  const { shared, own } = judgePrompt({ layout, task, code });
  const candidate = code.trimEnd();
  const start = own.indexOf(candidate);
  if (start < 0) throw new Error(`the layout ${layout} does not hold the candidate as it is`);
  const end = start + candidate.length;
  return { shared: shared + own.slice(0, start), own: candidate, after: own.slice(end) };
}

/** A text, and the one whose likelihood after it is asked for. */
export interface LikelihoodPrompt {
  readonly before: string;
  readonly code: string;
}

/**
 * How likely the model finds the candidate is asked in one way, whatever the layout of the judge: description, signature and
 * code as plain text, as in the layout `compact`.
 */
export function likelihoodPrompt(task: JudgeTask, code: string): LikelihoodPrompt {
  const { shared, own } = probePrompt('compact', task, code);
  return { before: shared, code: own };
}

/** Identifies its wording. */
export const LIKELIHOOD_PROMPT_HASH = JUDGE_LAYOUT_HASHES.compact;
