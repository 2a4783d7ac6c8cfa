import type { Language } from './language.ts';

export type SegmentKind = 'code' | 'comment' | 'string';

/** A stretch of source text; consecutive segments cover it without gaps. */
export interface Segment {
  readonly kind: SegmentKind;
  /** Offsets in UTF-16 code units; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** False when the source ends inside a string or a block comment. */
  readonly closed: boolean;
}

/**
 * Code, comments and strings of a source text, by the language's delimiters alone. Linear time, never throws. A string
 * that may not span lines ends with its line, so that an apostrophe in prose does no lasting harm.
 */
export function splitSource(language: Pick<Language, 'comments' | 'strings'>, source: string): Segment[] {
  const segments: Segment[] = [];
  const openers = openersOf(language);
  let codeStart = 0;
  let index = 0;
  while (index < source.length) {
    const region = openers.get(source[index] as string)?.(source, index) ?? null;
    if (region === null) {
      index++;
      continue;
    }
    if (index > codeStart) {
      segments.push({ kind: 'code', start: codeStart, end: index, closed: true });
    }
    segments.push(region);
    index = region.end;
    codeStart = index;
  }
  if (index > codeStart) {
    segments.push({ kind: 'code', start: codeStart, end: index, closed: true });
  }
  return segments;
}

/**
 * The source with comments and the contents of strings replaced by blanks: same length, same line breaks. With
 * `keepStrings` only comments are blanked.
 */
export function maskSource(language: Language, source: string, keepStrings = false): string {
  return splitSource(language, source)
    .map(({ kind, start, end }) => {
      const text = source.slice(start, end);
      if (kind === 'code' || (kind === 'string' && keepStrings)) {
        return text;
      }
      const blank = text.replace(/[^\n]/g, ' ');
      return kind === 'comment' || text.length < 2 ? blank : `"${blank.slice(1, -1)}"`;
    })
    .join('');
}

type RegionReader = (source: string, start: number) => Segment | null;

/** Readers by the first character of what they read, so that plain code costs one look-up a character. */
function openersOf(language: Pick<Language, 'comments' | 'strings'>): Map<string, RegionReader> {
  const readers: [string, RegionReader][] = [
    ...language.comments.block.map(({ open, close }): [string, RegionReader] => [
      open,
      (source, start) => {
        const end = source.indexOf(close, start + open.length);
        return end < 0
          ? { kind: 'comment', start, end: source.length, closed: false }
          : { kind: 'comment', start, end: end + close.length, closed: true };
      },
    ]),
    ...language.comments.line.map((open): [string, RegionReader] => [
      open,
      (source, start) => {
        const end = source.indexOf('\n', start);
        return { kind: 'comment', start, end: end < 0 ? source.length : end, closed: true };
      },
    ]),
    ...language.strings.map((syntax): [string, RegionReader] => [
      syntax.open,
      (source, start) => {
        let index = start + syntax.open.length;
        while (index < source.length) {
          if (syntax.escapes && source[index] === '\\') {
            index += 2;
          } else if (source.startsWith(syntax.close, index)) {
            return { kind: 'string', start, end: index + syntax.close.length, closed: true };
          } else if (!syntax.multiline && source[index] === '\n') {
            return { kind: 'string', start, end: index, closed: false };
          } else {
            index++;
          }
        }
        return { kind: 'string', start, end: source.length, closed: false };
      },
    ]),
  ];
  const byFirst = new Map<string, RegionReader>();
  for (const [first, group] of Map.groupBy(readers, ([open]) => open[0] as string)) {
    byFirst.set(first, (source, start) => {
      const reader = group.find(([open]) => source.startsWith(open, start));
      return reader === undefined ? null : reader[1](source, start);
    });
  }
  return byFirst;
}
