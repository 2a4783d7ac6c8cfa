import type { Language } from '../lang/language.ts';
import { maskSource, splitSource } from '../lang/split-source.ts';
import { renameFunction } from './rename-function.ts';

/** Statements whose text is for people: what they print or throw says nothing of what the code does. */
const SPEAKING = /(?:^|[^\p{L}\p{N}_])(?:print\w*|raise|throw|console\.\w+|panic!?|assert)(?![\p{L}\p{N}_])/u;

/**
 * The code without what its writer says of it: no comments and docstrings, no text in what it prints or throws, and the function
 * called `f`. Where the new name is taken, the old one stays.
 *
 * @param name the function's; null leaves it
 * @see arXiv 2211.16490, canonicalisation
 */
export function canonicalCode(language: Language, code: string, name: string | null): string {
  const renamed = name === null ? null : renameFunction(language, code, name, 'f');
  return withoutSpokenText(language, withoutComments(language, renamed ?? code));
}

function withoutComments(language: Language, code: string): string {
  return splitSource(language, code)
    .map(({ kind, start, end }) =>
      kind === 'comment' || (kind === 'string' && isDocumentation(language, code.slice(0, start)))
        ? ''
        : code.slice(start, end),
    )
    .join('')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

/** In languages of indentation: a string that is the first statement of a block. */
function isDocumentation(language: Language, before: string): boolean {
  return language.blockStyle === 'indentation' && /:[ \t]*\n\s*$/.test(before);
}

function withoutSpokenText(language: Language, code: string): string {
  const masked = maskSource(language, code);
  let text = '';
  for (const { kind, start, end } of splitSource(language, code)) {
    const piece = code.slice(start, end);
    const lineStart = masked.lastIndexOf('\n', start - 1) + 1;
    const isSpoken = kind === 'string' && SPEAKING.test(masked.slice(lineStart, start));
    text += isSpoken ? '""' : piece;
  }
  return text;
}

/** Whether there is nothing to review: besides headers nothing is there but bare `pass` and `return`. */
export function isTrivialCode(language: Language, code: string): boolean {
  return withoutComments(language, code)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !language.patterns.functions.some((pattern) => pattern.test(line)))
    .every((line) => /^(?:pass|return|[{}();]*)[;\s}]*$/.test(line));
}
