import type { Task } from '../contracts/task.ts';
import type { Label } from '../lm/language-model.ts';

/** What a judge's prompt says of a task. */
export type JudgeTask = Pick<Task, 'description' | 'signature'>;

/** A judge prompt in two parts, so that an engine evaluates what all candidates of a task share only once. */
export interface JudgePrompt {
  readonly shared: string;
  readonly own: string;
}

/** A label, and whether it is the one for correct candidates. */
export interface JudgeLabel extends Label {
  readonly correct: boolean;
}

/** How the fields of a question are laid out where the answer is a label. */
export type JudgeLayout = 'zero-shot' | 'compact' | 'rankef';
