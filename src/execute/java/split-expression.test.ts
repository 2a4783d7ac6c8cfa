import { describe, expect, it } from 'vitest';
import { splitArguments, splitExpression } from './split-expression.ts';

const parts = (condition: string, name = 'f') => {
  const { subject, other, relation, truth } = splitExpression(condition, name) ?? {};
  return [subject, other, relation, truth];
};

describe('splitExpression', () => {
  it.each([
    ['f(("a")) == (3l)', 'f(("a"))', '3l', ''],
    ['(f(1) == 2)', 'f(1)', '2', ''],
    ['2 == f(1)', 'f(1)', '2', ''],
    ['f("a == b") != "x"', 'f("a == b")', '"x"', '!= '],
    ['Math.abs(f(1.5) - 0.5) < 1e-6', 'Math.abs(f(1.5) - 0.5)', '1e-6', '< '],
    [
      'f(x).equals((new ArrayList<Long>(Arrays.asList(1l, 2l))))',
      'f(x)',
      'new ArrayList<Long>(Arrays.asList(1l, 2l))',
      '',
    ],
    ['"a.equals(b)".equals(f(")"))', 'f(")")', '"a.equals(b)"', ''],
    ['Arrays.equals(f(2), new int[] {1, 2})', 'f(2)', 'new int[] {1, 2}', ''],
    ['Objects.equals(null, f(2))', 'f(2)', 'null', ''],
  ])('%s', (condition, subject, other, relation) => {
    expect(parts(condition)).toEqual([subject, other, relation, true]);
  });

  it('keeps a condition that is tested by itself', () => {
    expect(parts('f(1)')).toEqual(['f(1)', null, '', true]);
    expect(parts('!f(1)')).toEqual(['f(1)', null, '', false]);
    expect(parts('!(f(1))')).toEqual(['f(1)', null, '', false]);
    expect(parts('f(1).isEmpty()')).toEqual(['f(1).isEmpty()', null, '', true]);
  });

  it('does not take apart what is several conditions', () => {
    expect(splitExpression('f(1) == 2 && f(2) == 3', 'f')).toBeNull();
    expect(splitExpression('(f(1) ? 1 : 2) == 1', 'f')).toMatchObject({
      subject: 'f(1) ? 1 : 2',
      other: '1',
    });
  });
});

it('splitArguments respects brackets and strings', () => {
  expect(splitArguments(' f(1, 2), "a, b", new int[] {1, 2}, (x, y) -> x ')).toEqual([
    'f(1, 2)',
    '"a, b"',
    'new int[] {1, 2}',
    '(x, y) -> x',
  ]);
  expect(splitArguments('')).toEqual([]);
});
