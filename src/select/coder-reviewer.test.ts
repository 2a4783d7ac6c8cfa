import { expect, it } from 'vitest';
import { coderReviewerScore, withoutDegenerate } from './coder-reviewer.ts';

it('coderReviewerScore weighs both sides, of texts or per token', () => {
  const scores = {
    coder: { logProbability: -12, tokenCount: 4 },
    reviewer: { logProbability: -30, tokenCount: 20 },
  };
  expect(coderReviewerScore(scores, 'sum', 0.5)).toBe(-21);
  expect(coderReviewerScore(scores, 'mean', 0.5)).toBe(-2.25);
  expect(coderReviewerScore(scores, 'sum', 1)).toBe(-12);
});

it('withoutDegenerate ranks degenerate candidates among themselves only where there are no others', () => {
  const [bad, good] = [
    { score: -1, degenerate: true },
    { score: -9, degenerate: false },
  ];
  expect([
    ...withoutDegenerate(
      new Map([
        ['bad', bad],
        ['good', good],
      ]),
    ).values(),
  ]).toEqual([null, -9]);
  expect([...withoutDegenerate(new Map([['bad', bad]])).values()]).toEqual([-1]);
});
