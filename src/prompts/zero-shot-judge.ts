import { hashParts } from '../util/hash.ts';
import { fillTemplate } from './fill-template.ts';
import type { JudgeLabel, JudgePrompt, JudgeTask } from './judge-prompt.ts';

/** The question of zero-shot and few-shot judges, with its two-item scale. */
export const JUDGE_INSTRUCTION = [
  'Decide whether the candidate implements the described function correctly. Rate it on this scale:',
  '0: the candidate is wrong, it does not do what the description asks in every case.',
  '1: the candidate is correct, it does what the description asks in every case.',
  'Answer with the number only.',
].join('\n');

const FIELDS = [
  '',
  '',
  '# Description:',
  '{description}',
  '',
  '# Signature:',
  '{signature}',
  '',
  '# Candidate:',
  '{candidate}',
  '',
  '# Output:',
].join('\n');

// The scale is repeated at the end: without it a 135M model more often starts a sentence than names a number. Of some
// forty wordings this one had the highest label mass on bundled tasks (median 0.64).
const CUE = ['', '0: wrong', '1: correct', '', '0 or 1?'].join('\n');

/** Both labels with the surface forms that count as them; index = label. */
export const JUDGE_LABELS: readonly JudgeLabel[] = [
  { name: '0', forms: ['0', ' 0'], correct: false },
  { name: '1', forms: ['1', ' 1'], correct: true },
];

/** Identifies the wording. */
export const ZERO_SHOT_JUDGE_HASH = hashParts('zero-shot', JUDGE_INSTRUCTION, FIELDS, CUE);

/**
 * The zero-shot judge prompt: instruction, two-item scale, description, signature, candidate, output cue. It ends
 * without a space, so that the label is the next token.
 *
 * @see arXiv 2602.11911, zero-shot prompt
 */
export function zeroShotJudgePrompt(task: JudgeTask, code: string): JudgePrompt {
  const [head, tail] = zeroShotBlock(task, code);
  return { shared: JUDGE_INSTRUCTION + head, own: tail };
}

/** The question about one candidate: what its task's candidates share, and the rest. */
export function zeroShotBlock(task: JudgeTask, code: string): [shared: string, own: string] {
  const [shared, own] = fieldsOf(task, code);
  return [shared, own + CUE];
}

/** The same fields of a candidate whose label is known, with the label as its output. */
export function solvedBlock(task: JudgeTask, code: string, label: 0 | 1): string {
  return `${fieldsOf(task, code).join('')}\n${label}`;
}

function fieldsOf(task: JudgeTask, code: string): [shared: string, own: string] {
  const [head, tail] = FIELDS.split('{candidate}') as [string, string];
  return [
    fillTemplate(head, { description: task.description.trim(), signature: task.signature }),
    code.trimEnd() + tail,
  ];
}
