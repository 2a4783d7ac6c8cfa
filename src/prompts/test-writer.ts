import type { Task } from '../contracts/task.ts';
import type { Language } from '../lang/language.ts';
import type { Prompt } from '../lm/language-model.ts';
import { completionStart, promptLanguage } from './generator.ts';

/** Where the tests that a model writes end: at anything that is no test. */
export const TEST_STOP = ['\ndef ', '\nclass ', '\nif ', '\nprint', '\n```'];

/**
 * What a model continues with tests of a task it has not solved: the task's prompt with a stub as body, and the beginning of
 * the first assertion. Python.
 *
 * @see arXiv 2207.10397, test case generation
 */
export function testWriterPrompt(
  task: Pick<Task, 'description' | 'signature' | 'prompt'>,
  entryPoint: string,
  language: Language,
): Prompt {
  const start = completionStart(task, promptLanguage(language)).trimEnd();
  return {
    kind: 'text',
    text: `${start}\n    pass\n\n# examples that show whether ${entryPoint} is right\n${assertCue(entryPoint)}`,
  };
}

/** How the first assertion begins; what the model writes continues it. */
export function assertCue(entryPoint: string): string {
  return `assert ${entryPoint}(`;
}
