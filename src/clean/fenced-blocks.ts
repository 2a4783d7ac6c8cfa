/** A fenced block of Markdown. */
export interface FencedBlock {
  /** First word of the info string, lower case; empty when untagged. */
  readonly tag: string;
  readonly code: string;
}

export interface FencedText {
  readonly blocks: readonly FencedBlock[];
  /** What stands before the first fence. */
  readonly before: string;
  /** The last block is not closed. */
  readonly isOpen: boolean;
}

interface OpenFence {
  readonly marker: string;
  readonly indent: number;
  readonly tag: string;
  readonly lines: string[];
}

/** No fence is longer; matching the pattern on a huge line would take quadratic time. */
const MAX_FENCE_LINE_LENGTH = 500;

/** A model that repeats itself; the answer is not in its thousandth block. */
const MAX_BLOCKS = 200;

const OPENING = /^([ \t]*(?:(?:[-*+>]|\d{1,3}[.)])[ \t]+)*)(`{3,}|~{3,})[ \t]*([^\s`{}]*)[^`]*$/;

/**
 * The fenced blocks of a text, with ``` or ~~~, in order. Indented fences (in lists and quotes) lose that indentation, a
 * block that is not closed reaches to the end, a fence that ends the last line of code counts as closing, and blocks
 * inside a ```markdown block are taken instead of it.
 */
export function fencedBlocks(text: string): FencedText {
  const blocks: FencedBlock[] = [];
  const before: string[] = [];
  let open: OpenFence | null = null;
  for (const line of text.split('\n')) {
    if (blocks.length >= MAX_BLOCKS) {
      break;
    }
    if (open !== null) {
      const closing = closingPart(line, open);
      if (closing === null) {
        open.lines.push(withoutIndent(line, open.indent));
        continue;
      }
      if (closing.trim() !== '') {
        open.lines.push(withoutIndent(closing, open.indent));
      }
      blocks.push(...finish(open));
      open = null;
      continue;
    }
    const match = line.length > MAX_FENCE_LINE_LENGTH ? null : OPENING.exec(line);
    if (match === null) {
      if (blocks.length === 0) {
        before.push(line);
      }
      continue;
    }
    const [, indent = '', marker = '', tag = ''] = match;
    open = { marker, indent: indent.length, tag: tag.toLowerCase(), lines: [] };
  }
  if (open !== null) {
    blocks.push(...finish(open));
  }
  return { blocks, before: before.join('\n'), isOpen: open !== null };
}

/** The code before the fence that closes on this line (mostly empty), or null when none does. */
function closingPart(line: string, open: OpenFence): string | null {
  const trimmed = line.trimEnd();
  if (!trimmed.endsWith(open.marker)) {
    return null;
  }
  let end = trimmed.length;
  while (trimmed[end - 1] === open.marker[0]) {
    end--;
  }
  const rest = trimmed.slice(0, end);
  // A doc comment may show a fence of its own.
  return /^[ \t]*(?:\/\/|#|\*|--)/.test(rest) ? null : rest;
}

function finish(open: OpenFence): FencedBlock[] {
  const code = open.lines.join('\n');
  if (open.tag === 'markdown' || open.tag === 'md') {
    return [...fencedBlocks(code).blocks];
  }
  return [{ tag: open.tag, code }];
}

function withoutIndent(line: string, width: number): string {
  let index = 0;
  while (index < width && (line[index] === ' ' || line[index] === '\t' || line[index] === '>')) {
    index++;
  }
  return line.slice(index);
}
