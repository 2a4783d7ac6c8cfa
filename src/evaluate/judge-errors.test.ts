import { expect, it } from 'vitest';
import { type JudgedOutcome, judgeErrors } from './judge-errors.ts';

const of = (outcome: string, kind: string | null, ...labels: (0 | 1 | null)[]): JudgedOutcome => ({
  ...{ outcome, kind, labels },
});

it('counts what judges say of each category, the most frequent first, invalid answers apart', () => {
  const candidates = [
    of('passed', null, 1, 1),
    of('failed', 'AssertionError', 1, 0),
    of('failed', 'AssertionError', 0, null),
    of('failed', 'AssertionError', 1, null),
    of('compile-error', 'SyntaxError', 0, 0),
  ];
  expect(
    judgeErrors(['a', 'b'], candidates).map(({ judge, kind, candidates: all, judged, saysCorrect }) => [
      ...[judge, kind, all, judged, saysCorrect],
    ]),
  ).toEqual([
    ['a', 'AssertionError', 3, 3, 2],
    ['b', 'AssertionError', 3, 1, 0],
    ['a', 'SyntaxError', 1, 1, 0],
    ['b', 'SyntaxError', 1, 1, 0],
    ['a', null, 1, 1, 1],
    ['b', null, 1, 1, 1],
  ]);
});

it('counts rare categories together', () => {
  const candidates = Array.from({ length: 13 }, (_, index) => of('runtime-error', `E${index}`, 1));
  const rows = judgeErrors(['a'], candidates);
  expect(rows).toHaveLength(11);
  expect(rows.at(-1)).toEqual({
    ...{ judge: 'a', outcome: 'others', kind: null, candidates: 3, judged: 3, saysCorrect: 3 },
  });
});
