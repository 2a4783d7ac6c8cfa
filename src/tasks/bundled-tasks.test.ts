import { expect, test } from 'vitest';
import { bundledTaskHint, findBundledTask, listBundledTaskIds, matchBundledId } from './bundled-tasks.ts';

const IDS = ['java/clamp', 'python/clamp', 'python/slugify'];

test.each([
  ['python/clamp', ['python/clamp']],
  ['tasks/python/clamp.yaml', ['python/clamp']],
  ['tasks\\python\\clamp.yaml', ['python/clamp']],
  ['slugify', ['python/slugify']],
  ['clamp', ['java/clamp', 'python/clamp']],
  ['../python/clamp', []],
  ['', []],
])('%s may mean %j', (name, expected) => {
  expect(matchBundledId(name, IDS)).toEqual(expected);
});

test('the hint names the nearest, by whole id or by bare name', () => {
  expect(bundledTaskHint('tasks/python/slugfy', IDS)).toBe('did you mean python/slugify?');
  expect(bundledTaskHint('slugfy', IDS)).toBe('did you mean python/slugify?');
  expect(bundledTaskHint('quite-different', IDS)).toMatch(/3 bundled tasks, such as java\/clamp/);
});

test('ids are sorted and each is found', async () => {
  const ids = await listBundledTaskIds();
  expect(ids).toEqual([...ids].sort());
  expect((await findBundledTask('python/slugify')).id).toBe('python/slugify');
});

test('a task that is not there is not found', async () => {
  await expect(findBundledTask('python/slugfy')).rejects.toMatchObject({
    code: 'not-found',
    hint: 'did you mean python/slugify?',
  });
});
