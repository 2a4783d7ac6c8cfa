import type { Language } from '../../lang/language.ts';
import { type Segment, splitSource } from '../../lang/split-source.ts';
import { builtinLanguage } from '../builtin-language.ts';

/** What opens, continues or ends a comment at the start of a line, in all the languages benchmarks come in. */
const MARKER = /^[ \t]*(?:\/\/[/!]?|\/\*\*?|\*+\/|\*(?!\*)|#+|--+|;+|%+|\(\*+|"""|''')?/;

/**
 * The words of the comment directly above a function, or of the docstring in it: comment signs and margin removed, examples
 * kept. Empty when there is none.
 *
 * @param before what stands above the function's header
 * @param head the header and what follows it
 */
export function proseOf(languageId: string, before: string, head: string): string {
  const language = builtinLanguage(languageId);
  if (language?.id === 'python') {
    return docstringOf(language, head);
  }
  return withoutMarkers(language === null ? trailingBlock(before) : lastComments(language, before));
}

/**
 * The text without common indentation and without blank lines around it. The first line often stands behind an opening sign,
 * so its own margin says nothing.
 */
export function withoutMargin(text: string): string {
  const [first = '', ...rest] = text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  const widths = rest.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const margin = widths.length === 0 ? 0 : Math.min(...widths);
  return [first.trimStart(), ...rest.map((line) => line.slice(margin))].join('\n').trim();
}

function docstringOf(python: Language, head: string): string {
  const text = splitSource(python, head)
    .filter(({ kind }) => kind === 'string')
    .map(({ start, end }) => head.slice(start, end))
    .find((string) => /^(?:"""|''')/.test(string));
  if (text === undefined) {
    return '';
  }
  // One docstring of HumanEval begins with a fourth quote.
  return withoutMargin(text.slice(3, -3).replace(/^"[ \t]*\n/, ''));
}

function lastComments(language: Language, before: string): string {
  const segments = splitSource(language, before);
  const isText = ({ kind, start, end }: Segment) =>
    kind !== 'comment' && before.slice(start, end).trim() !== '';
  return segments
    .slice(segments.findLastIndex(isText) + 1)
    .map(({ start, end }) => before.slice(start, end))
    .join('');
}

function trailingBlock(before: string): string {
  const lines = before.trimEnd().split('\n');
  const start = lines.findLastIndex((line) => line.trim() !== '' && MARKER.exec(line)?.[0].trim() === '');
  // A block comment has lines without a sign; such a comment is taken up to its opening.
  const opening = lines.findLastIndex((line) => /^\s*(?:\/\*|\(\*|""")/.test(line));
  const closes = /(?:\*\/|\*\)|""")\s*$/.test(before.trimEnd());
  return lines.slice(closes && opening >= 0 ? opening : start + 1).join('\n');
}

/** A comment without its signs and margin. */
export function withoutMarkers(comment: string): string {
  const lines = comment
    .trim()
    .split('\n')
    .map((line) => line.replace(MARKER, '').replace(/(?:\*+\/|\*\)|""")[ \t]*$/, ''));
  return withoutMargin(lines.join('\n'));
}
