import { hashParts } from '../util/hash.ts';
import { fillTemplate } from './fill-template.ts';
import type { JudgePrompt, JudgeTask } from './judge-prompt.ts';

// What a fine-tuned judge needs and nothing else: it has learned the question, and every token costs time in training.
const SHARED = '{description}\n\n{signature}\n\n';
const OWN = '{candidate}\n\n# Output:\n';

/** Identifies the wording. */
export const COMPACT_JUDGE_HASH = hashParts('compact', SHARED, OWN);

/** The prompt of a trained judge: description, signature, candidate, output cue. */
export function compactJudgePrompt(task: JudgeTask, code: string): JudgePrompt {
  return {
    shared: fillTemplate(SHARED, { description: task.description.trim(), signature: task.signature.trim() }),
    own: fillTemplate(OWN, { candidate: code.trimEnd() }),
  };
}
