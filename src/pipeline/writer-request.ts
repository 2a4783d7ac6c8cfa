import { isCompleteAnswer } from '../clean/is-complete-answer.ts';
import type { Task } from '../contracts/task.ts';
import { fitContext } from '../generate/fit-context.ts';
import type { GenerateRequest } from '../generate/generate-samples.ts';
import type { Language } from '../lang/language.ts';
import {
  chatGeneratorPrompt,
  completionGeneratorPrompt,
  completionStart,
  promptLanguage,
} from '../prompts/generator.ts';
import type { OpenWriter } from './open-writer.ts';

/** What does not depend on how many samples are wanted. */
export type WriterRequest = Pick<
  GenerateRequest,
  'model' | 'prompt' | 'taskId' | 'settings' | 'stop' | 'isComplete'
>;

/**
 * What a writer is asked for a task, with as much of its context in the prompt as fits; what was left out becomes a notice. A chat's
 * answer ends where the rest could not change its candidate, a completion at the language's stop strings.
 *
 * @throws {CodejuryError} `context-length` when the task alone does not fit.
 */
export async function writerRequest(
  task: Pick<Task, 'id' | 'description' | 'signature' | 'entryPoint' | 'prompt'>,
  language: Language,
  writer: OpenWriter,
  onNotice: (text: string) => void,
): Promise<WriterRequest> {
  const { model, settings, promptKind } = writer;
  const build = promptKind === 'chat' ? chatGeneratorPrompt : completionGeneratorPrompt;
  const { prompt, leftOut } = await fitContext(
    model,
    (context) => build(task, promptLanguage(language), context),
    writer.context,
    settings.maxTokens,
  );
  for (const part of leftOut) {
    onNotice(`left out of the prompt, it does not fit the context of ${model.name}: ${part}`);
  }
  const request = { model, prompt, taskId: task.id, settings };
  return promptKind === 'completion'
    ? { ...request, stop: language.stop }
    : {
        ...request,
        stop: [],
        isComplete: (lines) => isCompleteAnswer({ task: { ...task, prompt: null }, language }, lines),
      };
}

/** What the writer's output continues: the end of a completion prompt; null for a chat, whose answer stands alone. */
export function continuedText(task: Task, language: Language, writer: OpenWriter): string | null {
  return writer.promptKind === 'chat' ? null : completionStart(task, promptLanguage(language));
}
