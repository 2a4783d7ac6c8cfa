import { fitContext } from '../generate/fit-context.ts';
import type { Prompt } from '../lm/language-model.ts';
import {
  chatGeneratorPrompt,
  completionGeneratorPrompt,
  completionStart,
  promptLanguage,
} from '../prompts/generator.ts';
import type { OpenWriter } from './open-team.ts';
import type { SolveRun } from './solve-run.ts';

/**
 * The prompt for a writer, with as much of its context as fits; what was left out becomes a notice.
 *
 * @throws {CodejuryError} `context-length` when the task alone does not fit.
 */
export async function writerPrompt(run: SolveRun, writer: OpenWriter): Promise<Prompt> {
  const { task, ledger, options } = run;
  const language = promptLanguage(run.language);
  const build = writer.promptKind === 'chat' ? chatGeneratorPrompt : completionGeneratorPrompt;
  const { prompt, leftOut } = await fitContext(
    writer.model,
    (context) => build(task, language, context),
    writer.context,
    writer.settings.maxTokens,
  );
  for (const part of leftOut) {
    const text = `left out of the prompt, it does not fit the context of ${writer.model.name}: ${part}`;
    ledger.notice(text);
    options.onEvent?.({ kind: 'notice', text });
  }
  return prompt;
}

/** What the writer's output continues: the end of a completion prompt; null for a chat, whose answer stands alone. */
export function continuedText(run: SolveRun, writer: OpenWriter): string | null {
  return writer.promptKind === 'chat' ? null : completionStart(run.task, promptLanguage(run.language));
}
