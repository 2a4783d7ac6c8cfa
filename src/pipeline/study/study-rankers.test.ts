import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { studyRankers } from './study-rankers.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const read = (...rankers: string[]) => studyRankers(rankers, folder.path('.'));

it('takes what rankers name from the folder of the study on, and knows when it changes', async () => {
  mkdirSync(folder.path('mine'));
  writeFileSync(folder.path('mine/profile.json'), '{}');
  writeFileSync(folder.path('own.jsonl'), '1\n');
  const names = [
    'random',
    'scores:own.jsonl',
    'judge:mine',
    'judge:smollm2-135m',
    'judge:bundled:smollm2-135m-python',
  ];
  const first = await read(...names);
  expect(first.map(({ name }) => name)).toEqual(names);
  expect(first.map(({ text }) => text)).toEqual([
    'random',
    `scores:${folder.path('own.jsonl')}`,
    `judge:${folder.path('mine')}`,
    'judge:smollm2-135m',
    'judge:bundled:smollm2-135m-python',
  ]);
  expect(first.map(({ digest }) => digest === null)).toEqual([true, false, false, true, false]);
  writeFileSync(folder.path('mine/profile.json'), '{ }');
  const again = await read(...names);
  expect(again.map(({ digest }, index) => digest === first[index]?.digest)).toEqual([
    true,
    true,
    false,
    true,
    true,
  ]);
});

it('refuses scores that are not there', async () => {
  await expect(read('scores:none.jsonl')).rejects.toMatchObject({ code: 'not-found' });
});
