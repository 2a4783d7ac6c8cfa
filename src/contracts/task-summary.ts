import type { Task } from './task.ts';

/** What a list shows of a task. */
export interface TaskSummary
  extends Pick<Task, 'id' | 'benchmark' | 'language' | 'signature' | 'entryPoint' | 'problem'> {
  readonly hasTests: boolean;
  readonly hasCanonical: boolean;
}

/** How many tasks there are of one benchmark in one language. */
export interface TaskCount extends Pick<Task, 'benchmark' | 'language'> {
  readonly tasks: number;
  readonly withTests: number;
  readonly withCanonical: number;
}
