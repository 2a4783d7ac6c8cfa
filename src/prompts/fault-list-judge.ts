import { hashParts } from '../util/hash.ts';
import { fillJudgeTemplate, JUDGE_FIELDS } from './judge-fields.ts';
import type { JudgeTask } from './judge-prompt.ts';

const TEMPLATE = [
  'List the faults of the candidate: everything where it does not do what the description asks.',
  'Each fault has a severity:',
  'small: it hardly matters for the result.',
  'major: the result is wrong for some inputs.',
  'fatal: the code does not run, or the result is wrong for most inputs.',
  '',
  JUDGE_FIELDS,
  '',
  'Answer with a JSON list and nothing else, for example [{"fault": "…", "severity": "major"}].',
  'A candidate without faults has the empty list [].',
].join('\n');

/** Identifies the prompt. */
export const FAULT_LIST_JUDGE_HASH = hashParts('fault-list', TEMPLATE);

/** Asks for a JSON list of faults with severities. */
export function faultListPrompt(task: JudgeTask, code: string): string {
  return fillJudgeTemplate(TEMPLATE, task, code);
}
