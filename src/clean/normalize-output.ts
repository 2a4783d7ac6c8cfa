const REASONING_TAGS = ['think', 'thinking', 'thought', 'reasoning', 'reflection'];

/** Begins a terminal escape. */
export const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

/** Control sequences (colours, cursor) and operating system commands (titles, links). Bounded, so linear on any input. */
const TERMINAL_ESCAPE = new RegExp(
  `${ESCAPE}(?:\\[[0-?]{0,32}[ -/]{0,4}[@-~]|\\][^${BELL}${ESCAPE}]{0,2000}(?:${BELL}|${ESCAPE}\\\\))`,
  'g',
);

/** Tokens some engines leave in the text; what follows them is not the answer. */
const END_TOKENS = [
  '<|endoftext|>',
  '<|im_end|>',
  '<|eot_id|>',
  '<|end_of_text|>',
  '<|end|>',
  '<end_of_turn>',
];

/**
 * A model's output without terminal escapes, byte order mark, leaked end-of-text tokens and reasoning, with `\n` line
 * ends. Reasoning is what a tag such as `<think>` at the start of a line encloses; unclosed it reaches to the end, and
 * a closing tag without an opening one ends reasoning that the prompt had opened. Linear time.
 */
export function normalizeOutput(text: string): string {
  const plain = text
    .replace(TERMINAL_ESCAPE, '')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');
  return cutAtEndToken(REASONING_TAGS.reduce(withoutReasoning, plain));
}

function withoutReasoning(text: string, tag: string): string {
  const open = `<${tag}>`;
  const close = `</${tag}>`;
  const firstClose = text.indexOf(close);
  const firstOpen = indexAtLineStart(text, open, 0);
  let rest = text;
  if (firstClose >= 0 && startsLine(text, firstClose, close) && (firstOpen < 0 || firstClose < firstOpen)) {
    rest = text.slice(firstClose + close.length);
  }
  const kept: string[] = [];
  let position = 0;
  for (;;) {
    const start = indexAtLineStart(rest, open, position);
    if (start < 0) {
      kept.push(rest.slice(position));
      return kept.join('');
    }
    kept.push(rest.slice(position, start));
    const end = rest.indexOf(close, start);
    if (end < 0) {
      return kept.join('');
    }
    position = end + close.length;
  }
}

/** Offset of the needle where only blanks precede it on its line; -1 when there is none. */
function indexAtLineStart(text: string, needle: string, from: number): number {
  for (let index = text.indexOf(needle, from); index >= 0; index = text.indexOf(needle, index + 1)) {
    let before = index - 1;
    while (text[before] === ' ' || text[before] === '\t') {
      before--;
    }
    if (before < 0 || text[before] === '\n') {
      return index;
    }
  }
  return -1;
}

/** A closing tag may follow the last words of the reasoning, but not stand within a quoted string of code. */
function startsLine(text: string, index: number, tag: string): boolean {
  const after = text[index + tag.length];
  return after === undefined || after === '\n' || after === ' ' || text[index - 1] === '\n';
}

function cutAtEndToken(text: string): string {
  let end = text.length;
  for (const token of END_TOKENS) {
    const index = text.indexOf(token);
    // In quotes it is code about tokens, not a token.
    if (index >= 0 && !/["'`]/.test(text[index - 1] ?? '')) {
      end = Math.min(end, index);
    }
  }
  return text.slice(0, end);
}
