import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Split, splitTasks } from './split-tasks.ts';

const tasks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `t/${index}`, problem: null }));

function sizes(split: ReadonlyMap<string, Split>): number[] {
  return (['train', 'validation', 'test'] as const).map(
    (name) => [...split.values()].filter((value) => value === name).length,
  );
}

describe('splitTasks', () => {
  it('divides as the paper does', () => {
    expect(sizes(splitTasks(tasks(722), 1))).toEqual([504, 73, 145]);
  });

  it.each([
    [0, [0, 0, 0]],
    [1, [1, 0, 0]],
    [2, [1, 0, 1]],
    [3, [1, 1, 1]],
    [10, [7, 1, 2]],
  ])('of %i tasks makes %j', (count, expected) => {
    expect(sizes(splitTasks(tasks(count), 1))).toEqual(expected);
  });

  it('keeps tasks of one problem together', () => {
    const several = ['python', 'java', 'go'].flatMap((language) =>
      Array.from({ length: 40 }, (_, index) => ({
        id: `${language}/${index}`,
        problem: `humaneval/${index}`,
      })),
    );
    const split = splitTasks(several, 5);
    expect(sizes(split)).toEqual([28 * 3, 4 * 3, 8 * 3]);
    for (let index = 0; index < 40; index++) {
      expect(
        new Set(['python', 'java', 'go'].map((language) => split.get(`${language}/${index}`))).size,
      ).toBe(1);
    }
  });

  it('leaves problems where they were, and divides the others as if there were no more', () => {
    const kept = new Map(
      tasks(10).map(({ id }, index): [string, Split] => [id, index < 9 ? 'test' : 'train']),
    );
    const more = Array.from({ length: 20 }, (_, index) => ({ id: `more/${index}`, problem: null }));
    const split = splitTasks([...tasks(10), ...more], 1, [7, 1, 2], kept);
    expect(split).toEqual(new Map([...kept, ...splitTasks(more, 1)]));
    expect(splitTasks(more, 1, [7, 1, 2], kept)).toEqual(splitTasks(more, 1));
  });

  it('depends on the seed and on nothing else', () => {
    fc.assert(
      fc.property(fc.integer(), fc.shuffledSubarray(tasks(30), { minLength: 30 }), (seed, shuffled) => {
        const split = splitTasks(shuffled, seed);
        expect(new Map([...split].sort())).toEqual(new Map([...splitTasks(tasks(30), seed)].sort()));
      }),
    );
    expect([...splitTasks(tasks(30), 1)].sort()).not.toEqual([...splitTasks(tasks(30), 2)].sort());
  });
});
