import { describe, expect, it } from 'vitest';
import { parseTokenPositions } from './token-positions.ts';

const texts = (logprobs: unknown) =>
  parseTokenPositions(logprobs)?.map((position) => position.bytes.toString());

describe('parseTokenPositions', () => {
  it('reads both shapes', () => {
    expect(texts({ content: [{ token: '?', bytes: [32, 49], logprob: -1, top_logprobs: [] }] })).toEqual([
      ' 1',
    ]);
    expect(texts({ tokens: ['a', 'b'], token_logprobs: [null, -1] })).toEqual(['a', 'b']);
  });

  it('reads a leading space in the spellings of vocabularies', () => {
    expect(texts({ tokens: ['Ġ1', '▁0'], token_logprobs: [-1, -1] })).toEqual([' 1', ' 0']);
  });

  it('sorts the list and caps rounding at 0', () => {
    const top_logprobs = [
      { token: 'b', logprob: -2 },
      { token: 'a', logprob: 0.0001 },
    ];
    const [position] = parseTokenPositions({ content: [{ token: 'a', logprob: -0.5, top_logprobs }] }) ?? [];
    expect(position?.top.map((token) => [token.bytes.toString(), token.logProbability])).toEqual([
      ['a', 0],
      ['b', -2],
    ]);
  });

  it.each([
    null,
    undefined,
    {},
    { content: [] },
    { content: [{ token: 'a' }] },
    { content: [{ token: 'a', logprob: 'high' }] },
    { content: [{ token: 'a', logprob: 3 }] },
    { tokens: ['a', 'b'], token_logprobs: [-1] },
  ])('is null for %j', (logprobs) => {
    expect(parseTokenPositions(logprobs)).toBeNull();
  });
});
