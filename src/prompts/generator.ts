import type { Task } from '../contracts/task.ts';
import type { Language } from '../lang/language.ts';
import type { ChatMessage, Prompt } from '../lm/language-model.ts';
import { hashParts } from '../util/hash.ts';
import { fillTemplate } from './fill-template.ts';

/** What a prompt needs to know of the language; `lang` has it. */
export interface PromptLanguage {
  readonly displayName: string;
  readonly fence: string;
  /** Starts a line comment, e.g. `#`; null for a language without one. */
  readonly lineComment: string | null;
}

/** What prompts say of a language. */
export function promptLanguage({ displayName, fences, comments }: Language): PromptLanguage {
  return { displayName, fence: fences[0] ?? '', lineComment: comments.line[0] ?? null };
}

export interface SolvedExample {
  readonly task: Pick<Task, 'description' | 'signature'>;
  readonly solution: string;
}

export interface GeneratorContext {
  /** Language documentation, most important first. */
  readonly documents: readonly { readonly name: string; readonly text: string }[];
  readonly examples: readonly SolvedExample[];
}

// One sentence, no rules about the answer's form: measured on a 135M model, whose pass rate falls with every further
// instruction. Fences and prose around the function are the cleaning stage's business.
const REQUEST =
  'Write a {language} function with the signature `{signature}` that does the following: {description}';

const REQUEST_WITHOUT_SIGNATURE = 'Write a {language} function that does the following: {description}';

const DOCUMENTATION_HEADING = 'Documentation of {language}:';

/** Identifies the templates in caches and reports. */
export const GENERATOR_PROMPT_HASH = hashParts(
  'generator',
  REQUEST,
  REQUEST_WITHOUT_SIGNATURE,
  DOCUMENTATION_HEADING,
);

/**
 * Prompt for an instruct model: documentation as system message, solved examples as earlier turns, then the task.
 */
export function chatGeneratorPrompt(
  task: Pick<Task, 'description' | 'signature'>,
  language: PromptLanguage,
  context: GeneratorContext,
): Prompt {
  const messages: ChatMessage[] = [];
  if (context.documents.length > 0) {
    messages.push({ role: 'system', content: documentation(context, language) });
  }
  for (const example of context.examples) {
    messages.push({ role: 'user', content: chatRequest(example.task, language) });
    messages.push({ role: 'assistant', content: chatAnswer(example.solution, language) });
  }
  messages.push({ role: 'user', content: chatRequest(task, language) });
  return { kind: 'chat', messages };
}

/**
 * Prompt for a base model: everything as comments, then the text to continue (the benchmark's own prompt where the
 * task has one, else the description as a comment and the signature).
 */
export function completionGeneratorPrompt(
  task: Pick<Task, 'description' | 'signature' | 'prompt'>,
  language: PromptLanguage,
  context: GeneratorContext,
): Prompt {
  const parts: string[] = [];
  for (const document of context.documents) {
    parts.push(asComment(document.text, language));
  }
  for (const example of context.examples) {
    parts.push(`${asComment(example.task.description, language)}\n${example.solution.trim()}`);
  }
  parts.push(completionStart(task, language));
  return { kind: 'text', text: parts.join('\n\n') };
}

/** The part of a completion prompt that belongs to the task: what a base model's output continues. */
export function completionStart(
  task: Pick<Task, 'description' | 'signature' | 'prompt'>,
  language: PromptLanguage,
): string {
  return task.prompt ?? `${asComment(task.description, language)}\n${task.signature}\n`;
}

/** What an instruct model is asked. */
export function chatRequest(task: Pick<Task, 'description' | 'signature'>, language: PromptLanguage): string {
  return fillTemplate(task.signature === '' ? REQUEST_WITHOUT_SIGNATURE : REQUEST, {
    language: language.displayName,
    description: task.description.trim(),
    signature: task.signature,
  });
}

/** What it should answer: the code in a fence. */
export function chatAnswer(code: string, { fence }: PromptLanguage): string {
  return `\`\`\`${fence}\n${code.trim()}\n\`\`\``;
}

function documentation(context: GeneratorContext, language: PromptLanguage): string {
  const heading = fillTemplate(DOCUMENTATION_HEADING, { language: language.displayName });
  return [heading, ...context.documents.map((document) => document.text.trim())].join('\n\n');
}

/** The text as comment lines; as it is in a language without line comments. */
export function asComment(text: string, language: PromptLanguage): string {
  const { lineComment } = language;
  if (lineComment === null) {
    return text.trim();
  }
  return text
    .trim()
    .split('\n')
    .map((line) => `${lineComment} ${line}`.trimEnd())
    .join('\n');
}
