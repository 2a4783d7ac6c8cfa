import { hashParts } from '../util/hash.ts';
import { fillJudgeTemplate, JUDGE_FIELDS } from './judge-fields.ts';
import type { JudgeTask } from './judge-prompt.ts';

/** What is rated; the parser looks for it. */
export const ICE_ASPECT = 'functional correctness';
/** The best rating; 0 is the worst. */
export const ICE_HIGHEST = 4;

const TEMPLATE = [
  `Rate the ${ICE_ASPECT} of the candidate on this scale:`,
  '0: it does nothing of what the description asks.',
  '1: it does a small part of it.',
  '2: it does about half of it.',
  '3: it does nearly all of it, but is wrong in some case.',
  '4: it does all of it, and is right for every possible input.',
  '',
  'Steps:',
  '1. Read the description and find out what the function must do.',
  '2. Compare the candidate with it: is any case missing or wrong?',
  '3. Give a score from the scale.',
  '',
  JUDGE_FIELDS,
  '',
  '# Output (the score only):',
  `Score of ${ICE_ASPECT}:`,
].join('\n');

/** Identifies the prompt. */
export const ICE_SCORE_JUDGE_HASH = hashParts('ice-score', TEMPLATE);

/** A rubric with steps, from 0 to 4. */
export function iceScorePrompt(task: JudgeTask, code: string): string {
  return fillJudgeTemplate(TEMPLATE, task, code);
}
