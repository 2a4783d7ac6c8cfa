import { describe, expect, it } from 'vitest';
import { summariseTokens } from './summarise-tokens.ts';
import type { TokenPosition } from './token-positions.ts';

const positions = (...tokens: readonly (readonly [string | number[], number])[]): TokenPosition[] =>
  tokens.map(([text, logProbability]) => ({
    bytes: typeof text === 'string' ? Buffer.from(text) : Buffer.from(text),
    logProbability,
    top: [],
  }));

describe('summariseTokens', () => {
  it('averages over the tokens that spell the text', () => {
    expect(summariseTokens(positions(['a', -1], ['b', -3]), 'ab', null)).toEqual({
      tokenCount: 2,
      meanLogProbability: -2,
    });
  });

  it('leaves out the end of text and parts of a stop string', () => {
    const listed = positions(['a', -1], ['<|end|>', -9], ['', -9]);
    expect(summariseTokens(listed, 'a', 3)).toEqual({ tokenCount: 1, meanLogProbability: -1 });
  });

  it('knows the first space that SentencePiece models drop', () => {
    expect(summariseTokens(positions([' a', -1], ['b', -3]), 'ab', null)?.tokenCount).toBe(2);
  });

  it('is null when the tokens spell something else', () => {
    expect(summariseTokens(positions(['thinking', -1]), 'ab', null)).toBeNull();
    expect(summariseTokens(positions(['a', -1]), 'ab', null)).toBeNull();
  });

  it('puts characters together from parts, but trusts only a complete list', () => {
    const parts = positions([[0xc3], -1], [[0xa4], -3]);
    expect(summariseTokens(parts, 'ä', 2)).toEqual({ tokenCount: 2, meanLogProbability: -2 });
    expect(summariseTokens(positions(['ä', -3]), 'ä', 2)).toBeNull();
    expect(summariseTokens(positions(['ä', -3]), 'ä', null)).toBeNull();
  });

  it('has no mean for an empty text or for numbers that are all 0', () => {
    expect(summariseTokens(positions(['', -1]), '', 1)).toEqual({ tokenCount: 0, meanLogProbability: null });
    expect(summariseTokens(positions(['a', 0]), 'a', 1)).toEqual({ tokenCount: 1, meanLogProbability: null });
  });
});
