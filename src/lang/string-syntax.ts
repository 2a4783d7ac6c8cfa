import type { StringSyntax } from './language.ts';

/** A string within one line in which a backslash escapes. */
export function lineString(quote: string): StringSyntax {
  return { open: quote, close: quote, escapes: true, multiline: false };
}

/** A string that may span lines; `escapes` tells whether a backslash escapes in it. */
export function spanningString(quote: string, escapes: boolean): StringSyntax {
  return { open: quote, close: quote, escapes, multiline: true };
}
