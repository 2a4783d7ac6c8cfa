import { expect, it } from 'vitest';
import { apiDollarsPerAnswer } from './api-dollars.ts';

const use = {
  promptTokensPerAnswer: 500,
  answerTokensPerAnswer: 2_000,
  dollarsPerMillionPromptTokens: 0.4,
  dollarsPerMillionAnswerTokens: 1.6,
};

it('adds prompt and answer at their prices', () => {
  expect(apiDollarsPerAnswer(use)).toBeCloseTo(0.0034, 12);
  expect(apiDollarsPerAnswer({ ...use, answerTokensPerAnswer: 0 })).toBeCloseTo(0.0002, 12);
});

it('refuses what is negative or no number', () => {
  expect(() => apiDollarsPerAnswer({ ...use, dollarsPerMillionAnswerTokens: -1 })).toThrow(
    'dollarsPerMillionAnswerTokens: expected 0 or more, received -1',
  );
  expect(() => apiDollarsPerAnswer({ ...use, promptTokensPerAnswer: Number.NaN })).toThrow(RangeError);
});
