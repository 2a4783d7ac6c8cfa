import { hashParts } from '../util/hash.ts';
import { fillJudgeTemplate, JUDGE_FIELDS } from './judge-fields.ts';
import type { JudgeLabel, JudgePrompt, JudgeTask } from './judge-prompt.ts';

const QUESTION = [
  JUDGE_FIELDS,
  '',
  'Does the candidate do what the description asks in every case, Yes or No?',
  "Let's go through it step by step.",
].join('\n');

// Asking again gives a label mass of 0.7 where a bare "therefore the answer is" gives 0.5 (135M model, bundled tasks).
const ANSWER_CUE =
  'Therefore, does the candidate do what the description asks in every case? Answer with one word, Yes or No:';

/** The two answers of the second call, yes first. */
export const YES_OR_NO: readonly JudgeLabel[] = [
  { name: 'Yes', forms: ['Yes', ' Yes', 'yes', ' yes'], correct: true },
  { name: 'No', forms: ['No', ' No', 'no', ' no'], correct: false },
];

/** Identifies both prompts. */
export const AUTO_COT_JUDGE_HASH = hashParts('auto-cot', QUESTION, ANSWER_CUE, JSON.stringify(YES_OR_NO));

/** First call: the question and the cue to reason. */
export function autoCotQuestion(task: JudgeTask, code: string): string {
  return fillJudgeTemplate(QUESTION, task, code);
}

/** Second call: the first one, what it was answered, and the cue for Yes or No. */
export function autoCotAnswerPrompt(question: string, reasoning: string): JudgePrompt {
  return { shared: question, own: `\n\n${reasoning.trim()}\n\n${ANSWER_CUE}` };
}
