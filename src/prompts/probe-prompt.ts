import type { Task } from '../contracts/task.ts';
import { builtinLanguages } from '../lang/builtin-languages.ts';
import type { Prompt } from '../lm/language-model.ts';
import { chatRequest, GENERATOR_PROMPT_HASH, type PromptLanguage, promptLanguage } from './generator.ts';
import { JUDGE_LAYOUT_HASHES, judgePrompt } from './judge-layout.ts';
import type { JudgeLayout, JudgeTask } from './judge-prompt.ts';

/** What a question for a likelihood says of a task. */
type LikelihoodTask = JudgeTask & Pick<Task, 'language'>;

/** A judge prompt in three parts: what the candidates of a task share, the candidate, what follows it. */
export interface ProbePrompt {
  readonly shared: string;
  readonly own: string;
  readonly after: string;
}

/** The prompt of the layout, with the candidate apart: a probe reads the states of its tokens. */
export function probePrompt(layout: JudgeLayout, task: JudgeTask, code: string): ProbePrompt {
  const { shared, own } = judgePrompt({ layout, task, code });
  const candidate = code.trimEnd();
  const start = own.indexOf(candidate);
  if (start < 0) throw new Error(`the layout ${layout} does not hold the candidate as it is`);
  const end = start + candidate.length;
  return { shared: shared + own.slice(0, start), own: candidate, after: own.slice(end) };
}

/** How the model is asked for the likelihood of code: as an instruct model is asked to write it, or as plain text. */
export type LikelihoodKind = 'chat' | 'text';

/** A prompt, and the text whose likelihood after it is asked for. */
export interface LikelihoodPrompt {
  readonly prompt: Prompt;
  readonly text: string;
}

/**
 * How likely the model finds the candidate is asked in one way, whatever the layout of the judge: an instruct model as a
 * generator is asked, which is where its likelihood says most; another gets description, signature and code as plain
 * text, as in the layout `compact`.
 */
export function likelihoodPrompt(kind: LikelihoodKind, task: LikelihoodTask, code: string): LikelihoodPrompt {
  if (kind === 'text') {
    const { shared, own } = probePrompt('compact', task, code);
    return { prompt: { kind: 'text', text: shared }, text: own };
  }
  const content = chatRequest(task, nameLanguage(task.language));
  return { prompt: { kind: 'chat', messages: [{ role: 'user', content }] }, text: code.trimEnd() };
}

/** Identify the wording of each kind. */
export const LIKELIHOOD_PROMPT_HASHES: Readonly<Record<LikelihoodKind, string>> = {
  chat: GENERATOR_PROMPT_HASH,
  text: JUDGE_LAYOUT_HASHES.compact,
};

/** A private language is called by its id: a judge says the same wherever it is used, with that language's file at hand or not. */
function nameLanguage(id: string): PromptLanguage {
  const known = builtinLanguages.find((language) => language.id === id || language.aliases.includes(id));
  return known === undefined ? { displayName: id, fence: id, lineComment: null } : promptLanguage(known);
}
