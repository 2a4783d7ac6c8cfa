import { expect, it } from 'vitest';
import { taskFolds } from './task-folds.ts';

it('deals tasks evenly, those of one problem together, whatever their order', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const problems = new Map([
    ['a', 'p'],
    ['d', 'p'],
  ]);
  const options = { folds: 3, seed: 7, problems };
  const folds = taskFolds(ids, options);
  expect(folds.get('a')).toBe(folds.get('d'));
  expect([0, 1, 2].map((fold) => ids.filter((id) => folds.get(id) === fold).length)).toEqual([2, 2, 2]);
  for (const id of ids) expect(taskFolds(ids.toReversed(), options).get(id)).toBe(folds.get(id));
});

it('has one fold a task where there are few, and refuses to make less than two', () => {
  expect(new Set(taskFolds(['a', 'b', 'a'], { folds: 5, seed: 1 }).values())).toEqual(new Set([0, 1]));
  expect(taskFolds([], { folds: 5, seed: 1 }).size).toBe(0);
  for (const folds of [1, 2.5, Number.NaN]) {
    expect(() => taskFolds(['a'], { folds, seed: 1 })).toThrow('at least 2 folds');
  }
});
