import { SPELLING_TOKENS, type Vocabulary } from './vocabulary.ts';

/** What became of the tokens so far. */
export interface TextSoFar {
  readonly text: string;
  /** Tokens that the text consists of: those of a stop string are not among them. */
  readonly tokenCount: number;
}

/** Collects generated tokens into text and notices stop strings, also those that span several tokens. */
export interface GeneratedText {
  /** Adds a token; true when the text now contains a stop string. */
  readonly push: (token: number) => boolean;
  /** The text up to its last line end, if the last token brought that; else null. */
  readonly endedLines: () => string | null;
  /** The text, cut before the first stop string; with `complete` false a half-written last character is left out. */
  readonly finish: (complete: boolean) => TextSoFar;
}

/** `before` are the last tokens of the prompt, which in some vocabularies decide on a leading space. */
export function createGeneratedText(
  vocabulary: Vocabulary,
  before: readonly number[],
  stop: readonly string[],
): GeneratedText {
  const stops = stop.filter((text) => text !== '');
  // A token adds at least one byte or nothing at all (control tokens), so a stop string lies within this many tokens.
  const window = Math.max(0, ...stops.map((text) => Buffer.byteLength(text))) + 8;
  const tokens: number[] = [];

  const decode = (count: number): string => vocabulary.decode(tokens.slice(0, count), before);

  const cutOf = (text: string): number =>
    Math.min(...stops.map((text_) => text.indexOf(text_)).filter((index) => index >= 0));

  return {
    push: (token) => {
      tokens.push(token);
      if (stops.length === 0) {
        return false;
      }
      const recent = tokens.slice(-window);
      const text = vocabulary.decode(recent, tokens.length > window ? tokens.slice(0, -window) : before);
      return Number.isFinite(cutOf(text));
    },
    endedLines: () => {
      const last = vocabulary.decode(
        tokens.slice(-1),
        tokens.length > 1 ? tokens.slice(-1 - SPELLING_TOKENS, -1) : before,
      );
      if (!last.includes('\n')) {
        return null;
      }
      const text = decode(tokens.length);
      return text.slice(0, text.lastIndexOf('\n') + 1);
    },
    finish: (complete) => {
      const text = decode(tokens.length);
      const cut = cutOf(text);
      if (Number.isFinite(cut)) {
        return { text: text.slice(0, cut), tokenCount: tokensFor(cut, tokens.length, decode) };
      }
      return { text: complete ? text : text.replace(/\uFFFD+$/, ''), tokenCount: tokens.length };
    },
  };
}

/** The fewest tokens whose text is at least `length` long. */
function tokensFor(length: number, most: number, decode: (count: number) => string): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (decode(middle).length >= length) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
