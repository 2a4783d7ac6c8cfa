import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGeneratedText } from './generated-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A vocabulary whose tokens are the given pieces of UTF-8, by number. */
function vocabularyOf(pieces: readonly Buffer[]): Vocabulary {
  return {
    encode: () => [],
    encodeContinuation: () => [],
    decode: (tokens) => Buffer.concat(tokens.map((token) => pieces[token] as Buffer)).toString('utf8'),
    isEndOfText: () => false,
    specialText: () => '',
  };
}

/** The text cut into tokens after the given numbers of bytes. */
function cutInto(text: string, sizes: readonly number[]): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let start = 0, index = 0; start < bytes.length; index++) {
    const size = sizes[index % sizes.length] ?? 1;
    pieces.push(bytes.subarray(start, start + size));
    start += size;
  }
  return pieces;
}

/** Those tokens, generated until a stop string appears. */
function generate(text: string, sizes: readonly number[], stop: readonly string[]) {
  const pieces = cutInto(text, sizes);
  const generated = createGeneratedText(vocabularyOf(pieces), [], stop);
  const stoppedAt = pieces.findIndex((_piece, token) => generated.push(token));
  return { stoppedAt, pieces, ...generated.finish(true) };
}

describe('createGeneratedText', () => {
  test('joins tokens to text, whatever they cut apart', () => {
    const { text, tokenCount, stoppedAt } = generate('naïve 你好 🙂 text', [1], []);
    expect(text).toBe('naïve 你好 🙂 text');
    expect(tokenCount).toBe(Buffer.byteLength('naïve 你好 🙂 text'));
    expect(stoppedAt).toBe(-1);
  });

  test('leaves out a last character that is not complete', () => {
    const generated = createGeneratedText(
      vocabularyOf([Buffer.from('a'), Buffer.from('é').subarray(0, 1)]),
      [],
      [],
    );
    generated.push(0);
    generated.push(1);
    expect(generated.finish(false)).toEqual({ text: 'a', tokenCount: 2 });
  });

  test('tells when a line has ended, with all lines so far', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', 'é', '🙂'), minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
        (whole, sizes) => {
          const pieces = cutInto(whole, sizes);
          const generated = createGeneratedText(vocabularyOf(pieces), [], []);
          for (const [token, piece] of pieces.entries()) {
            generated.push(token);
            const text = Buffer.concat(pieces.slice(0, token + 1)).toString('utf8');
            const lines = text.slice(0, text.lastIndexOf('\n') + 1);
            expect(generated.endedLines()).toBe(piece.includes(10) ? lines : null);
          }
        },
      ),
    );
  });

  test('cuts before the first stop string and stops at once, for any text, tokens and stop strings', () => {
    const letters = fc.constantFrom('a', 'b', '\n', 'é', '🙂');
    fc.assert(
      fc.property(
        fc.string({ unit: letters, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
        (whole, sizes, stop) => {
          const { text, tokenCount, stoppedAt, pieces } = generate(whole, sizes, stop);
          const cuts = stop.map((each) => whole.indexOf(each)).filter((index) => index >= 0);
          if (stoppedAt < 0) {
            expect(cuts).toEqual([]);
            expect(text).toBe(whole);
            return;
          }
          const textOf = (count: number) => Buffer.concat(pieces.slice(0, count)).toString('utf8');
          const contains = (count: number) => stop.some((each) => textOf(count).includes(each));
          expect(contains(stoppedAt)).toBe(false);
          expect(contains(stoppedAt + 1)).toBe(true);
          expect(stop.some((each) => text.includes(each))).toBe(false);
          expect(textOf(stoppedAt + 1).startsWith(text)).toBe(true);
          expect(tokenCount).toBeLessThanOrEqual(stoppedAt + 1);
          expect(textOf(tokenCount).length).toBeGreaterThanOrEqual(text.length);
        },
      ),
    );
  });
});
