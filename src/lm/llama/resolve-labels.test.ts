import { describe, expect, test } from 'vitest';
import { resolveLabels } from './resolve-labels.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A vocabulary that knows these texts as single tokens and spells everything else in two. */
function vocabularyWith(tokens: Readonly<Record<string, number>>): Vocabulary {
  return {
    encode: () => [],
    encodeContinuation: (text) => (tokens[text] === undefined ? [1000, 1001] : [tokens[text]]),
    decode: () => '',
    isEndOfText: () => false,
    specialText: () => '',
  };
}

const labels = [
  { name: '0', forms: ['0', ' 0'] },
  { name: '1', forms: ['1', ' 1'] },
];

describe('resolveLabels', () => {
  test('takes every form that is one token', () => {
    expect(resolveLabels(vocabularyWith({ '0': 5, ' 0': 6, '1': 7, ' 1': 8 }), labels, 'm')).toEqual([
      { name: '0', tokens: [5, 6] },
      { name: '1', tokens: [7, 8] },
    ]);
  });

  test('skips forms of several tokens and counts a token once', () => {
    expect(resolveLabels(vocabularyWith({ '0': 5, '1': 7, ' 1': 7 }), labels, 'm')).toEqual([
      { name: '0', tokens: [5] },
      { name: '1', tokens: [7] },
    ]);
  });

  test('a label without any single token is an error that names it and what was tried', () => {
    expect(() => resolveLabels(vocabularyWith({ '0': 5 }), labels, 'm')).toThrow(
      'm has no single token for the label 1 (tried "1", " 1")',
    );
  });

  test('labels that share a token are an error', () => {
    expect(() => resolveLabels(vocabularyWith({ '0': 5, '1': 5 }), labels, 'm')).toThrow(
      'm has the same token for the labels 0 and 1',
    );
  });
});
