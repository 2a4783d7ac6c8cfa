import type { Task } from '../contracts/task.ts';
import type { Label } from '../lm/language-model.ts';
import { hashParts } from '../util/hash.ts';
import { fillTemplate } from './fill-template.ts';

/** A judge prompt in two parts, so that an engine evaluates what all candidates of a task share only once. */
export interface JudgePrompt {
  readonly shared: string;
  readonly own: string;
}

const INSTRUCTION = [
  'Decide whether the candidate implements the described function correctly. Rate it on this scale:',
  '0: the candidate is wrong, it does not do what the description asks in every case.',
  '1: the candidate is correct, it does what the description asks in every case.',
  'Answer with the number only.',
].join('\n');

// The scale is repeated at the end: without it a 135M model more often starts a sentence than names a number. Of some
// forty wordings this one had the highest label mass on bundled tasks (median 0.64).
const LAYOUT = [
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
  '0: wrong',
  '1: correct',
  '',
  '0 or 1?',
].join('\n');

/** Both labels with the surface forms that count as them; index = label. */
export const JUDGE_LABELS: readonly Label[] = [
  { name: '0', forms: ['0', ' 0'] },
  { name: '1', forms: ['1', ' 1'] },
];

/** Identifies the template in caches and judge profiles: a judge is only valid with the prompt it was measured with. */
export const ZERO_SHOT_JUDGE_HASH = hashParts('zero-shot', INSTRUCTION, LAYOUT, JSON.stringify(JUDGE_LABELS));

/**
 * The zero-shot judge prompt: instruction, two-item scale, description, signature, candidate, output cue. It ends
 * without a space, so that the label is the next token.
 *
 * @see arXiv 2602.11911, zero-shot prompt
 */
export function zeroShotJudgePrompt(
  task: Pick<Task, 'description' | 'signature'>,
  code: string,
): JudgePrompt {
  const [head, tail] = LAYOUT.split('{candidate}') as [string, string];
  const shared =
    INSTRUCTION + fillTemplate(head, { description: task.description.trim(), signature: task.signature });
  return { shared, own: code.trimEnd() + tail };
}
