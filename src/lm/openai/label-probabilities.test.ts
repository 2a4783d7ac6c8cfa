import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelProbabilities } from './label-probabilities.ts';
import { parseTokenPositions, type TokenPosition } from './token-positions.ts';

function position(tokens: Readonly<Record<string, number>>, emitted: string): TokenPosition {
  const [parsed] =
    parseTokenPositions({
      tokens: [emitted],
      token_logprobs: [Math.log(tokens[emitted] ?? 1)],
      top_logprobs: [Object.fromEntries(Object.entries(tokens).map(([text, p]) => [text, Math.log(p)]))],
    }) ?? [];
  if (parsed === undefined) {
    throw new Error('the position of the test is not readable');
  }
  return parsed;
}

const label = (...forms: string[]) => ({ name: forms[0] ?? '', forms });

describe('labelProbabilities', () => {
  it('sums the forms returned', () => {
    const result = labelProbabilities(position({ '1': 0.5, ' 1': 0.2, '0': 0.1 }, '1'), [
      label('0', ' 0'),
      label('1', ' 1'),
    ]);
    expect(result.probabilities[0]).toBeCloseTo(0.1);
    expect(result.probabilities[1]).toBeCloseTo(0.7);
    expect(result.upperBound).toEqual([false, false]);
  });

  it('bounds a missing label by the least likely token per form, and by what is left', () => {
    const spread = labelProbabilities(position({ a: 0.3, b: 0.2, c: 0.1 }, 'a'), [label('x', ' x')]);
    expect(spread.probabilities[0]).toBeCloseTo(0.2);
    const sure = labelProbabilities(position({ a: 0.9, b: 0.09 }, 'a'), [label('x')]);
    expect(sure.probabilities[0]).toBeCloseTo(0.01, 5);
    expect(sure.upperBound).toEqual([true]);
  });

  it('does not take an emitted token from below the list for the least likely one', () => {
    const result = labelProbabilities(position({ a: 0.5, b: 0.2, rare: 0.001 }, 'rare'), [label('x')]);
    expect(result.probabilities[0]).toBeCloseTo(0.2);
  });

  it('is a probability, never 0 for what is not in the list', () => {
    const weights = fc.dictionary(
      fc.string({ minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 1000 }),
      {
        minKeys: 1,
        noNullPrototype: true,
      },
    );
    fc.assert(
      fc.property(weights, (raw) => {
        const total = Object.values(raw).reduce((sum, weight) => sum + weight, 0);
        const tokens = Object.fromEntries(
          Object.entries(raw).map(([text, weight]) => [text, weight / total]),
        );
        const emitted = Object.keys(tokens)[0] ?? '';
        const { probabilities, upperBound } = labelProbabilities(position(tokens, emitted), [
          label('long form'),
          label(emitted),
        ]);
        expect(upperBound[0]).toBe(true);
        for (const probability of probabilities) {
          expect(probability).toBeGreaterThan(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
