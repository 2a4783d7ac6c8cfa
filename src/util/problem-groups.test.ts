import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DescribedTask, groupProblems } from './problem-groups.ts';

const task = (
  id: string,
  problem: string | null,
  description = id,
  signature = 'def f(x):',
): DescribedTask => ({
  id,
  problem,
  description,
  signature,
});

describe('groupProblems', () => {
  it('puts tasks of one problem together, and those of equal words', () => {
    const groups = groupProblems([
      task('a', 'p'),
      task('b', 'p'),
      task('c', null, 'Adds  two\nnumbers. ', 'def add( a,b ) -> int :'),
      task('d', null, 'Adds two numbers.', 'def add(a, b)->int:'),
      task('e', null, 'Adds two numbers.', 'def plus(a, b)->int:'),
    ]);
    expect(Object.fromEntries(groups.of)).toEqual({ a: 'p', b: 'p', c: 'c', d: 'c', e: 'e' });
  });

  it('goes on from task to task', () => {
    const groups = groupProblems([
      task('a', 'p'),
      task('b', 'q', 'Same.'),
      task('c', 'p', 'Same.'),
      task('d', 'q'),
    ]);
    expect(new Set(groups.of.values())).toEqual(new Set(['p']));
  });

  it('does not take words apart: blanks within names count', () => {
    const { of } = groupProblems([task('a', null, 'w', 'int f(x)'), task('b', null, 'w', 'intf(x)')]);
    expect(new Set(of.values()).size).toBe(2);
  });

  it('finds the groups that another task is about', () => {
    const groups = groupProblems([task('a', 'p', 'Words.'), task('b', 'q', 'Others.')]);
    expect(groups.about(task('new', 'p'))).toEqual(new Set(['p']));
    expect(groups.about(task('new', null, 'Words.'))).toEqual(new Set(['p']));
    expect(groups.about(task('new', 'q', ' Words. '))).toEqual(new Set(['p', 'q']));
    expect(groups.about(task('new', null))).toEqual(new Set());
    expect(groupProblems([]).about(task('a', null))).toEqual(new Set());
  });

  it('does not depend on the order of the tasks', () => {
    const tasks = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 2 }),
        problem: fc.option(fc.constantFrom('p', 'q', 'r', 's')),
        description: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
        signature: fc.constantFrom('f(a)', 'f( a )', 'g(a)'),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(
        tasks.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
        ),
        ([given, shuffled]) => {
          expect(new Map([...groupProblems(shuffled).of].sort())).toEqual(
            new Map([...groupProblems(given).of].sort()),
          );
        },
      ),
    );
  });
});
