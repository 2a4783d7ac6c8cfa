/**
 * A value of Python, as far as JSON written by Python can hold one. A string is the literal of a number, a text, a constant or
 * a call, exactly as Python source has it.
 */
export type PythonValue =
  | string
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly PythonValue[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [string, PythonValue])[] };

/** Deeper nesting than this is no test input. */
const DEEPEST = 500;

const NUMBER = /-?(?:\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y;
const TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const BLANKS = /\s*/y;
const WORDS: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };
const NOT_FINITE: Readonly<Record<string, string>> = {
  NaN: 'float("nan")',
  Infinity: 'float("inf")',
  '-Infinity': 'float("-inf")',
};

/**
 * The value of a JSON text as Python's own `json.loads` reads it: integers of any size, `1.0` a float, NaN and Infinity.
 *
 * @throws {SyntaxError} for text that is not JSON in this sense, with the offset.
 */
export function parsePythonJson(text: string): PythonValue {
  let offset = 0;

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = offset;
    const found = pattern.exec(text)?.[0] ?? null;
    offset += found?.length ?? 0;
    return found;
  };
  const fail = (): never => {
    throw new SyntaxError(
      `unexpected ${JSON.stringify(text.slice(offset, offset + 10))} at offset ${offset}`,
    );
  };
  const takes = (sign: string): boolean => {
    match(BLANKS);
    if (text[offset] !== sign) {
      return false;
    }
    offset += 1;
    return true;
  };
  const expect = (sign: string): void => {
    if (!takes(sign)) {
      fail();
    }
  };
  const items = <T>(close: string, item: () => T): T[] => {
    const found: T[] = [];
    if (takes(close)) {
      return found;
    }
    do {
      found.push(item());
    } while (takes(','));
    expect(close);
    return found;
  };
  const string = (): string => {
    match(BLANKS);
    return pythonText(JSON.parse(match(TEXT) ?? fail()) as string);
  };
  const value = (depth: number): PythonValue => {
    if (depth > DEEPEST) {
      throw new SyntaxError(`nested deeper than ${DEEPEST} levels at offset ${offset}`);
    }
    if (takes('[')) {
      return { kind: 'list', items: items(']', () => value(depth + 1)) };
    }
    if (takes('{')) {
      const entries = items('}', () => {
        const key = string();
        expect(':');
        return [key, value(depth + 1)] as const;
      });
      return { kind: 'dict', entries };
    }
    if (text[offset] === '"') {
      return string();
    }
    const word = Object.keys(WORDS).find((name) => text.startsWith(name, offset));
    if (word !== undefined) {
      offset += word.length;
      return WORDS[word] ?? fail();
    }
    const number = match(NUMBER) ?? fail();
    return NOT_FINITE[number] ?? number;
  };

  const result = value(0);
  match(BLANKS);
  return offset === text.length ? result : fail();
}

/** The text as a Python string literal in ASCII. */
export function pythonText(text: string): string {
  const escaped = text.replace(/[^\x20-\x7e]|["\\]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') {
      return `\\${character}`;
    }
    return code > 0xffff
      ? `\\U${code.toString(16).padStart(8, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}

/** The value as Python source. */
export function pythonLiteral(value: PythonValue): string {
  if (typeof value === 'string') {
    return value;
  }
  if (value.kind === 'dict') {
    return `{${value.entries.map(([key, entry]) => `${key}: ${pythonLiteral(entry)}`).join(', ')}}`;
  }
  const items = value.items.map(pythonLiteral).join(', ');
  switch (value.kind) {
    case 'list':
      return `[${items}]`;
    case 'tuple':
      return value.items.length === 1 ? `(${items},)` : `(${items})`;
    case 'set':
      return value.items.length === 0 ? 'set()' : `{${items}}`;
  }
}
