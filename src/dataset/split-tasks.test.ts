import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemKeys } from '../util/problem-groups.ts';
import { PAPER_RATIO, type Split, splitTasks } from './split-tasks.ts';

const words = (text: string) => ({ description: `Do ${text}.`, signature: 'def f(x):' });

const tasks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `t/${index}`, problem: null, ...words(`${index}`) }));

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

  it('leaves nothing for training where that has no share', () => {
    expect(sizes(splitTasks(tasks(5), 1, [0, 0, 1]))).toEqual([0, 0, 5]);
    expect(sizes(splitTasks(tasks(5), 1, [0, 1, 1]))).toEqual([0, 2, 3]);
  });

  it('keeps tasks of one problem together', () => {
    const several = ['python', 'java', 'go'].flatMap((language) =>
      Array.from({ length: 40 }, (_, index) => ({
        id: `${language}/${index}`,
        problem: `humaneval/${index}`,
        ...words(`${language} ${index}`),
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
    const more = Array.from({ length: 20 }, (_, index) => ({
      id: `more/${index}`,
      problem: null,
      ...words(`more ${index}`),
    }));
    const split = splitTasks([...tasks(10), ...more], 1, [7, 1, 2], kept);
    expect(split).toEqual(new Map([...kept, ...splitTasks(more, 1)]));
    expect(splitTasks(more, 1, [7, 1, 2], kept)).toEqual(splitTasks(more, 1));
  });

  it.each([
    [1, [7, 1, 2], 'TTTTTxTvTTTxxxxTTTTvTTvTTTTxTT'],
    [9, [50, 15, 35], 'vTTTvTxxxTTTvxxvTxTTTxxvTTTvxx'],
  ] as const)('divides tasks without duplicates as ever: seed %i', (seed, ratio, expected) => {
    const given = tasks(30).map((task, index) =>
      index % 3 === 0 ? { ...task, problem: `p/${index % 5}` } : task,
    );
    const split = splitTasks(given, seed, ratio);
    const letters = { train: 'T', validation: 'v', test: 'x' };
    expect(given.map(({ id }) => letters[split.get(id) ?? 'train']).join('')).toBe(expected);
  });

  it('keeps tasks of equal words together, whatever their problems', () => {
    const twins = tasks(40).flatMap((task) => [
      task,
      { ...task, id: `twin of ${task.id}`, description: ` ${task.description}\n` },
      { ...task, id: `other of ${task.id}`, problem: `p/${task.id}` },
    ]);
    for (let seed = 1; seed <= 5; seed++) {
      const split = splitTasks(twins, seed);
      expect(sizes(split)).toEqual([28 * 3, 4 * 3, 8 * 3]);
      for (const { id } of tasks(40)) {
        expect(new Set([id, `twin of ${id}`, `other of ${id}`].map((name) => split.get(name))).size).toBe(1);
      }
    }
  });

  it('leaves a task where one of equal words was, and refuses one that was in two parts', () => {
    const [first, second] = tasks(2) as [ReturnType<typeof tasks>[number], ReturnType<typeof tasks>[number]];
    const kept = new Map<string, Split>([
      ...problemKeys(first).map((key): [string, Split] => [key, 'test']),
      ...problemKeys(second).map((key): [string, Split] => [key, 'validation']),
    ]);
    const twin = { ...first, id: 'twin' };
    expect(splitTasks([twin], 1, PAPER_RATIO, kept)).toEqual(new Map([['twin', 'test']]));
    const both = { ...first, id: 'both', problem: second.id };
    expect(() => splitTasks([both], 1, PAPER_RATIO, kept)).toThrow(
      /both is about the same as tasks .* in validation and in test/,
    );
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
