import { fillTemplate } from './fill-template.ts';
import type { JudgeTask } from './judge-prompt.ts';

/** The fields of a question whose answer is a text; placeholders `description`, `signature` and `candidate`. */
export const JUDGE_FIELDS = [
  '# Description:',
  '{description}',
  '',
  '# Signature:',
  '{signature}',
  '',
  '# Candidate:',
  '{candidate}',
].join('\n');

/** The template with the fields of a task and a candidate filled in. */
export function fillJudgeTemplate(template: string, task: JudgeTask, code: string): string {
  return fillTemplate(template, {
    description: task.description.trim(),
    signature: task.signature.trim(),
    candidate: code.trimEnd(),
  });
}
