import type { Language } from '../../lang/language.ts';
import { functionNameOf, matchHeader } from '../../lang/signature.ts';
import { maskSource } from '../../lang/split-source.ts';
import { builtinLanguage } from '../builtin-language.ts';

/** A prompt that ends inside an opened function, taken apart: `before + head` is the prompt. */
export interface SplitPrompt {
  /** Imports, class header, helper functions, and the comment above the function. */
  readonly before: string;
  /** From the function's header on, with a docstring below it. */
  readonly head: string;
  /** The header without what opens the body. */
  readonly signature: string;
  /** Null when the header shows no name. */
  readonly entryPoint: string | null;
}

/** Of languages that are not built in: a line that is a comment, or the end of one. */
const COMMENT_LINE = /^\s*(?:\/\/|#(?!\[)|--|;|%|\*|\(\*|""")|(?:\*\/|\*\)|""")\s*$/;

/**
 * Takes a prompt apart at the header of the function to write: the one named `entryPoint`, else the last one. In a language
 * that is not built in it is what follows the last comment or blank line.
 */
export function splitPrompt(languageId: string, prompt: string, entryPoint: string | null): SplitPrompt {
  const language = builtinLanguage(languageId);
  const lines = prompt.split('\n');
  const start =
    (language === null ? null : headerLine(language, prompt, entryPoint)) ?? lineAfterComment(lines);
  const head = lines.slice(start).join('\n');
  const signature = signatureOf(language, head);
  return {
    before: prompt.slice(0, prompt.length - head.length),
    head,
    signature,
    entryPoint: entryPoint ?? (language === null ? nameIn(signature) : functionNameOf(language, signature)),
  };
}

function headerLine(language: Language, prompt: string, entryPoint: string | null): number | null {
  const lines = maskSource(language, prompt).split('\n');
  const headers = lines.flatMap((line, index) => {
    const name = matchHeader(language, line)?.name ?? null;
    return name === null ? [] : [{ index, name }];
  });
  const header = headers.findLast(({ name }) => name === entryPoint) ?? headers.at(-1);
  if (header === undefined) {
    return null;
  }
  let start = header.index;
  while (start > 0 && language.patterns.attribute?.test(lines[start - 1] ?? '') === true) {
    start -= 1;
  }
  return start;
}

function lineAfterComment(lines: readonly string[]): number {
  const end = lines.findLastIndex((line) => line.trim() !== '') + 1;
  let start = end;
  while (start > 0 && lines[start - 1]?.trim() !== '' && !COMMENT_LINE.test(lines[start - 1] ?? '')) {
    start -= 1;
  }
  // A prompt of comments alone: the last line is as good as any.
  return start === end ? Math.max(0, end - 1) : start;
}

/** The first lines of a function up to what opens its body. */
function signatureOf(language: Language | null, head: string): string {
  const masked = language === null ? head : maskSource(language, head);
  const opener = language?.blockStyle === 'indentation' ? /:[ \t]*$/m : /\{[ \t]*$/m;
  const found = opener.exec(masked);
  const end = found === null ? masked.search(/\n|$/) : found.index;
  const text = head.slice(0, language?.blockStyle === 'indentation' && found !== null ? end + 1 : end);
  return text.replace(/\s+/g, ' ').trim();
}

function nameIn(signature: string): string | null {
  return /(?<name>[\p{L}_$][\p{L}\p{N}_$?!]*)[ \t]*\(/u.exec(signature)?.groups?.name ?? null;
}
