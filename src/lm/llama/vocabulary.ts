import type { LlamaModel, Token } from 'node-llama-cpp';

/** Token types of the GGUF format that mark tokens without a text of their own. */
const UNKNOWN_TYPE = 2;
const CONTROL_TYPE = 3;

/** So many tokens are enough for `before` of Vocabulary.decode: how the next ones are spelled depends on no earlier ones. */
export const SPELLING_TOKENS = 8;

/**
 * A stretch of a rendered prompt. Control tokens (`<|im_start|>` and the like) are recognised in trusted text, which
 * comes from the model's own template, and are plain characters in everything else: a candidate cannot end its own
 * message and speak as somebody else.
 */
export interface PromptPiece {
  readonly text: string;
  readonly trusted: boolean;
}

/** Text to tokens and back for one set of weights. */
export interface Vocabulary {
  /** Tokens of the pieces joined, with the beginning-of-sequence token where the model wants one. */
  readonly encode: (pieces: readonly PromptPiece[]) => number[];
  /** Tokens of plain text that continues another, without any special token and without a space of its own in front. */
  readonly encodeContinuation: (text: string) => number[];
  /** Text of tokens; `before` are the tokens they follow, which decides on a leading space in some vocabularies. */
  readonly decode: (tokens: readonly number[], before: readonly number[]) => string;
  readonly isEndOfText: (token: number) => boolean;
  /** Text of a beginning- or end-of-sequence token for templates that print it; empty when there is none. */
  readonly specialText: (which: 'bos' | 'eos') => string;
}

type Fragment = { readonly text: string } | { readonly control: number };

export function createVocabulary(model: LlamaModel): Vocabulary {
  const controls = controlTokens(model);

  const splitTrusted = (text: string): Fragment[] => {
    const present = controls.filter((control) => text.includes(control.text));
    const fragments: Fragment[] = [];
    let plainFrom = 0;
    let position = 0;
    while (position < text.length) {
      // Longest first, so that a token which is the beginning of another one does not hide it.
      const control = present.find((candidate) => text.startsWith(candidate.text, position));
      if (control === undefined) {
        position += 1;
        continue;
      }
      fragments.push({ text: text.slice(plainFrom, position) }, { control: control.token });
      position += control.text.length;
      plainFrom = position;
    }
    fragments.push({ text: text.slice(plainFrom) });
    return fragments;
  };

  const encode = (pieces: readonly PromptPiece[]): number[] => {
    const tokens: number[] = [];
    // Plain text on both sides of a seam between template and content is tokenised as one, as in training.
    let run = '';
    let dropLeadingSpace = false;
    const flush = (dropTrailingSpace: boolean) => {
      const left = dropLeadingSpace ? run.trimStart() : run;
      tokens.push(...model.tokenize(dropTrailingSpace ? left.trimEnd() : left, false));
      run = '';
    };
    for (const fragment of pieces.flatMap((piece) => (piece.trusted ? splitTrusted(piece.text) : [piece]))) {
      if ('text' in fragment) {
        run += fragment.text;
        continue;
      }
      const attributes = model.getTokenAttributes(fragment.control as Token);
      flush(attributes.lstrip);
      tokens.push(fragment.control);
      dropLeadingSpace = attributes.rstrip;
    }
    flush(false);
    const { bos } = model.tokens;
    return model.tokens.shouldPrependBosToken && bos !== null && tokens[0] !== bos
      ? [bos, ...tokens]
      : tokens;
  };

  return {
    encode,
    encodeContinuation: (text) => model.tokenize(text, false, 'trimLeadingSpace'),
    decode: (tokens, before) => model.detokenize(tokens as Token[], false, before as Token[]),
    isEndOfText: (token) => model.isEogToken(token as Token),
    specialText: (which) => (which === 'bos' ? model.tokens.bosString : model.tokens.eosString) ?? '',
  };
}

/** Control tokens with their text, longest first. */
function controlTokens(model: LlamaModel): { readonly token: number; readonly text: string }[] {
  const { tokens, token_type: types } = model.fileInfo.metadata.tokenizer.ggml;
  return tokens
    .map((text, token) => ({ token, text, type: types?.[token] }))
    .filter(({ text, type }) => text !== '' && (type === CONTROL_TYPE || type === UNKNOWN_TYPE))
    .sort((a, b) => b.text.length - a.text.length);
}
