import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { readKeptSplits } from './read-kept-splits.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-kept-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(...lines: readonly (readonly [id: string, problem: string | null, split: string])[]) {
  const base = adhocTask({ description: 'Do.', signature: 'def f():', language: 'python' });
  const text = lines.map(
    ([id, problem, split]) => `${JSON.stringify({ split, task: { ...base, id, problem } })}\n`,
  );
  await writeFile(join(folder, 'tasks.jsonl'), text.join(''));
  return readKeptSplits(folder);
}

it('gives the part of each problem; of a task without one, the task', async () => {
  expect(await read(['a', 'p', 'train'], ['b', 'p', 'train'], ['c', null, 'test'])).toEqual(
    new Map([
      ['p', 'train'],
      ['c', 'test'],
    ]),
  );
});

it('refuses a problem in two parts, an unknown part, and what is no dataset', async () => {
  await expect(read(['a', 'p', 'train'], ['b', 'p', 'test'])).rejects.toThrow(
    /tasks\.jsonl:2: the problem p is in train and in test/,
  );
  await expect(read(['a', 'p', 'dev'])).rejects.toThrow(/tasks\.jsonl:1: split/);
  await expect(readKeptSplits(join(folder, 'none'))).rejects.toThrow(/there is no dataset/);
});
