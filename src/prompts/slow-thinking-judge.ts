import { hashParts } from '../util/hash.ts';
import { fillTemplate } from './fill-template.ts';
import { fillJudgeTemplate, JUDGE_FIELDS } from './judge-fields.ts';
import type { JudgeTask } from './judge-prompt.ts';

/** Ends the analysis; what comes after it is not read. */
export const ANALYSIS_END = '[END OF ANALYSIS]';

const ANALYSIS = [
  JUDGE_FIELDS,
  '',
  'Analyse the candidate:',
  '1. List what the description requires of the function.',
  '2. Go through the code and say for each requirement whether the code fulfils it, and why.',
  'Do not correct the code and do not write other code.',
  `When the analysis is complete, write ${ANALYSIS_END}`,
].join('\n');

const VERDICT = [
  'This is an analysis of a function:',
  '',
  '{analysis}',
  '',
  'Does the analysis say that the function is right?',
  '',
  'Yes or No?',
].join('\n');

/** Identifies both prompts. */
export const SLOW_THINKING_JUDGE_HASH = hashParts('slow-thinking', ANALYSIS, VERDICT);

/** First call: an analysis, no verdict. */
export function slowThinkingAnalysisPrompt(task: JudgeTask, code: string): string {
  return fillJudgeTemplate(ANALYSIS, task, code);
}

/** Second call: sees the analysis alone. */
export function slowThinkingVerdictPrompt(analysis: string): string {
  return fillTemplate(VERDICT, { analysis: analysis.trim() });
}
