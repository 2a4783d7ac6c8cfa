import type { SourceSyntax } from '../../contracts/explorer-data.ts';
import { splitSource } from '../../lang/split-source.ts';
import { KEYWORDS } from './keywords.ts';

export interface CodePiece {
  readonly text: string;
  readonly kind: 'plain' | 'keyword' | 'number' | 'string' | 'comment';
}

const WORD = /(?<number>(?<![\p{L}\p{N}_])\d[\w.]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)/gu;

/** The lines of a source text in coloured pieces, which in their order are the text. Without a syntax it has neither strings nor comments. */
export function codeLines(
  code: string,
  language: string,
  syntax: SourceSyntax | undefined,
): readonly (readonly CodePiece[])[] {
  const keywords = KEYWORDS.get(language) ?? KEYWORDS.get('other');
  const pieces = splitSource(syntax ?? { comments: { line: [], block: [] }, strings: [] }, code).flatMap(
    ({ kind, start, end }): readonly CodePiece[] => {
      const text = code.slice(start, end);
      return kind === 'code' ? codePieces(text, keywords ?? new Set()) : [{ text, kind }];
    },
  );
  const lines: CodePiece[][] = [[]];
  for (const { text, kind } of pieces) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, kind });
    }
  }
  return lines;
}

function codePieces(text: string, keywords: ReadonlySet<string>): CodePiece[] {
  const pieces: CodePiece[] = [];
  let plainFrom = 0;
  for (const match of text.matchAll(WORD)) {
    const [found] = match;
    const isNumber = match.groups?.number !== undefined;
    if (!isNumber && !keywords.has(found)) continue;
    if (match.index > plainFrom) pieces.push({ text: text.slice(plainFrom, match.index), kind: 'plain' });
    pieces.push({ text: found, kind: isNumber ? 'number' : 'keyword' });
    plainFrom = match.index + found.length;
  }
  if (plainFrom < text.length) pieces.push({ text: text.slice(plainFrom), kind: 'plain' });
  return pieces;
}
