/** Token types of the GGUF format. */
const NORMAL_TYPE = 1;
const CONTROL_TYPE = 3;

const CONTROL_TOKENS = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'] as const;

/** Whole words and pieces, so that prompts and code are not spelled letter by letter. Each needs its merges below. */
const WORDS = [
  'system',
  'user',
  'assistant',
  'return',
  'def',
  ' return',
  ' def',
  '    ',
  '\n    ',
  '():',
  ' =',
  ' ==',
  ' +',
  ' a',
  ' b',
];

/** What a byte-pair vocabulary consists of. Tokens are spelled in the byte alphabet of GPT-2 (a space is `Ġ`). */
export interface TinyVocabulary {
  readonly tokens: readonly string[];
  readonly types: readonly number[];
  readonly merges: readonly string[];
  /** The number of a token given as ordinary text, as a control token (`<|im_end|>`) or as a byte (`<0xC3>`). */
  readonly idOf: (text: string) => number;
}

/** The vocabulary of tiny test models: three control tokens, all 256 bytes, and a few words. */
export function createTinyVocabulary(): TinyVocabulary {
  const alphabet = byteAlphabet();
  const tokens: string[] = [...CONTROL_TOKENS, ...alphabet];
  const merges: string[] = [];
  for (const word of WORDS) {
    const symbols = [...Buffer.from(word)].map((byte) => alphabet[byte] as string);
    // Left to right: every beginning of the word becomes a token of its own.
    for (let length = 2; length <= symbols.length; length++) {
      const left = symbols.slice(0, length - 1).join('');
      const right = symbols[length - 1] as string;
      if (!tokens.includes(left + right)) {
        tokens.push(left + right);
        merges.push(`${left} ${right}`);
      }
    }
  }
  const numbers = new Map(tokens.map((token, index) => [token, index]));
  return {
    tokens,
    types: tokens.map((_token, index) => (index < CONTROL_TOKENS.length ? CONTROL_TYPE : NORMAL_TYPE)),
    merges,
    idOf: (text) => {
      const byte = /^<0x([0-9A-F]{2})>$/.exec(text)?.[1];
      const bytes = byte === undefined ? Buffer.from(text) : Buffer.from(byte, 'hex');
      const spelled = text.startsWith('<|') ? text : [...bytes].map((value) => alphabet[value]).join('');
      const id = numbers.get(spelled);
      if (id === undefined) {
        throw new Error(`the tiny vocabulary has no token ${JSON.stringify(text)}`);
      }
      return id;
    },
  };
}

/** GPT-2's printable character for each byte: itself where it is visible, one from U+0100 on where it is not. */
function byteAlphabet(): string[] {
  let next = 0x100;
  return Array.from({ length: 256 }, (_value, byte) => {
    const visible = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCodePoint(visible ? byte : next++);
  });
}
