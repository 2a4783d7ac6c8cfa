import { expect, it } from 'vitest';
import { firstOfProblem } from './first-of-problem.ts';

it('names tasks about the same by the first of them, others by themselves', () => {
  const task = (id: string, problem: string | null, description = id) => ({
    id,
    problem,
    description,
    signature: 's',
  });
  const tasks = [
    task('d', 'p'),
    task('c', 'p'),
    task('b', null, 'Same.'),
    task('a', 'q', 'Same.'),
    task('e', 'r'),
  ];
  expect(Object.fromEntries(firstOfProblem(tasks))).toEqual({ d: 'c', c: 'c', b: 'a', a: 'a', e: 'e' });
});
