import type { Language } from '../lang/language.ts';
import { countParametersAfter, matchHeader } from '../lang/signature.ts';
import { maskSource } from '../lang/split-source.ts';

/** A function or class found by its header line and its block, without a grammar. */
export interface Definition {
  readonly kind: 'function' | 'type';
  readonly name: string | null;
  readonly parameterCount: number | null;
  /** Lines from 0; the end is exclusive. Attributes above the header are included. */
  readonly startLine: number;
  readonly headerLine: number;
  readonly endLine: number;
  /** Text between the block's delimiters, comments and string contents blanked. */
  readonly body: string;
  /** False when the text ends before the block does. */
  readonly closed: boolean;
}

interface Block {
  readonly endLine: number;
  readonly body: string;
  readonly closed: boolean;
}

/** Where the opening brace may stand: on the header's line or a few below. */
const MAX_HEADER_LINES = 12;

/** Headers that are looked at; a text with more is a model repeating itself. */
const MAX_HEADERS = 300;

/** From the function's name to its opening brace, in characters; longer is not a header. */
const MAX_HEADER_LENGTH = 2000;

/**
 * All definitions in a text, nested ones included, in order of their headers. Reads patterns, brackets and indentation
 * only, so it works in the middle of prose and for languages without a grammar.
 */
export function locateDefinitions(language: Language, source: string): Definition[] {
  const lines = maskSource(language, source).split('\n');
  const blockFrom = blockReader(language, lines, maskSource(language, source, true).split('\n'));
  const headers = headersIn(language, lines);
  const definitions: Definition[] = [];
  for (const [index, { header, line: headerLine }] of headers.entries()) {
    const nextHeader = headers[index + 1]?.line ?? Number.POSITIVE_INFINITY;
    const block = blockFrom(headerLine, header?.end ?? 0, nextHeader);
    if (block !== null) {
      const head = lines.slice(headerLine, headerLine + MAX_HEADER_LINES).join(' ');
      definitions.push({
        kind: header === null ? 'type' : 'function',
        name: header?.name ?? null,
        parameterCount: header === null ? null : countParametersAfter(language, head, header.end),
        startLine: startOf(language, lines, headerLine),
        headerLine,
        ...block,
      });
    }
  }
  return definitions;
}

interface HeaderLine {
  readonly line: number;
  /** Null for the header of a type. */
  readonly header: { readonly name: string; readonly end: number } | null;
}

function headersIn(language: Language, lines: readonly string[]): HeaderLine[] {
  const headers: HeaderLine[] = [];
  for (const [line, text] of lines.entries()) {
    const header = matchHeader(language, text);
    if (header !== null || language.patterns.type?.test(text) === true) {
      headers.push({ line, header });
    }
    if (headers.length >= MAX_HEADERS) {
      break;
    }
  }
  return headers;
}

function startOf(language: Language, lines: readonly string[], headerLine: number): number {
  let start = headerLine;
  while (start > 0 && language.patterns.attribute?.test(lines[start - 1] ?? '') === true) {
    start--;
  }
  return start;
}

/** The block of the header; `nextHeader` is the line of the next one (Infinity: none), which another block belongs to. */
type BlockReader = (headerLine: number, column: number, nextHeader: number) => Block | null;

function blockReader(
  language: Language,
  lines: readonly string[],
  withStrings: readonly string[],
): BlockReader {
  switch (language.blockStyle) {
    case 'braces':
      return bracedBlocks(lines);
    case 'indentation':
      return indentedBlocks(language, lines, withStrings);
    case 'keyword': {
      const { end, openers } = language.keywords ?? { end: 'end', openers: [] };
      return (headerLine, column) => keywordBlock(lines, headerLine, column, end, openers);
    }
  }
}

function bracedBlocks(lines: readonly string[]): BlockReader {
  const text = lines.join('\n');
  const closing = matchingBraces(text);
  const lineStarts = lines.map(() => 0);
  for (let line = 1; line < lines.length; line++) {
    lineStarts[line] = (lineStarts[line - 1] ?? 0) + (lines[line - 1]?.length ?? 0) + 1;
  }
  return (headerLine, column, nextHeader) => {
    const open = openingBrace(text, (lineStarts[headerLine] ?? 0) + column);
    if (open === null || open >= (lineStarts[nextHeader] ?? text.length)) {
      return null;
    }
    const close = closing.get(open);
    if (close === undefined) {
      return { endLine: lines.length, body: text.slice(open + 1), closed: false };
    }
    const endLine = headerLine + text.slice(lineStarts[headerLine], close).split('\n').length;
    return { endLine, body: text.slice(open + 1, close), closed: true };
  };
}

/** Offset of the brace that opens the block of the header, or null when a `;` or a blank line comes first. */
function openingBrace(text: string, from: number): number | null {
  let depth = 0;
  for (let index = from; index < Math.min(text.length, from + MAX_HEADER_LENGTH); index++) {
    const character = text[index] as string;
    if ('(['.includes(character)) {
      depth++;
    } else if (')]'.includes(character)) {
      depth--;
    } else if (character === '{' && depth <= 0) {
      return index;
    } else if ((character === ';' && depth <= 0) || text.startsWith('\n\n', index)) {
      return null;
    }
  }
  return null;
}

function matchingBraces(text: string): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') {
      open.push(index);
    } else if (text[index] === '}') {
      const start = open.pop();
      if (start !== undefined) {
        closing.set(start, index);
      }
    }
  }
  return closing;
}

function indentedBlocks(
  language: Language,
  lines: readonly string[],
  withStrings: readonly string[],
): BlockReader {
  const balances = lines.map(bracketBalance);
  const isHeader = lines.map((line) => matchHeader(language, line) !== null);
  return (headerLine) => {
    const width = indentOf(lines[headerLine] ?? '');
    let depth = 0;
    let end = headerLine;
    let bodyStart: number | null = null;
    for (let line = headerLine; line < lines.length; line++) {
      const text = lines[line] ?? '';
      const isOutside = line > headerLine && text.trim() !== '' && indentOf(text) <= width;
      // Inside brackets any indentation goes, but a header there means that they are never closed.
      if (isOutside && (isHeader[line] === true || (bodyStart !== null && depth <= 0))) {
        break;
      }
      depth += balances[line] ?? 0;
      bodyStart ??= depth <= 0 ? line + 1 : null;
      // What a comment blanked belongs to the block only if code or a string follows.
      end = (withStrings[line] ?? '').trim() === '' ? end : line;
    }
    const body = bodyStart === null ? [] : lines.slice(bodyStart, end + 1);
    const inline = /:[ \t]*(\S.*)$/.exec(lines[headerLine] ?? '')?.[1] ?? '';
    return { endLine: end + 1, body: [inline, ...body].join('\n'), closed: bodyStart !== null && depth <= 0 };
  };
}

function keywordBlock(
  lines: readonly string[],
  headerLine: number,
  column: number,
  end: string,
  openers: readonly string[],
): Block {
  const width = indentOf(lines[headerLine] ?? '');
  const rest = [(lines[headerLine] ?? '').slice(column), ...lines.slice(headerLine + 1)];
  let depth = 1;
  for (const [offset, line] of rest.entries()) {
    const words = line.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? [];
    if (openers.length > 0) {
      depth += words.filter((word) => openers.includes(word)).length;
      depth -= words.filter((word) => word === end).length;
    } else if (offset > 0 && words[0] === end && indentOf(line) <= width) {
      depth = 0;
    }
    if (depth <= 0) {
      return { endLine: headerLine + offset + 1, body: rest.slice(1, offset).join('\n'), closed: true };
    }
  }
  return { endLine: lines.length, body: rest.slice(1).join('\n'), closed: false };
}

function bracketBalance(text: string): number {
  const count = (characters: string) =>
    [...text].filter((character) => characters.includes(character)).length;
  return count('([{') - count(')]}');
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
