import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { problemKeys } from '../../util/problem-groups.ts';
import { readKeptSplits } from './read-kept-splits.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-kept-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Tasks whose ids begin with the same letter have the same words. */
function taskOf(id: string) {
  return adhocTask({ description: `Do ${id[0]}.`, signature: 'def f():', language: 'python' });
}

async function read(...lines: readonly (readonly [id: string, problem: string | null, split: string])[]) {
  const text = lines.map(
    ([id, problem, split]) => `${JSON.stringify({ split, task: { ...taskOf(id), id, problem } })}\n`,
  );
  await writeFile(join(folder, 'tasks.jsonl'), text.join(''));
  return readKeptSplits(folder);
}

it('gives the part of each problem; of a task without one, the task', async () => {
  const kept = await read(['a', 'p', 'train'], ['b', 'p', 'train'], ['c', null, 'test']);
  expect(kept.size).toBe(5);
  expect([kept.get('p'), kept.get('c'), kept.get('a')]).toEqual(['train', 'test', undefined]);
  const twin = { ...taskOf('c'), id: 'twin' };
  expect(problemKeys(twin).map((key) => kept.get(key))).toEqual([undefined, 'test']);
});

it('refuses a problem in two parts, an unknown part, and what is no dataset', async () => {
  await expect(read(['a', 'p', 'train'], ['b', 'p', 'test'])).rejects.toThrow(
    /tasks\.jsonl:2: b is in test, and a, which is about the same, in train/,
  );
  await expect(read(['a', 'p', 'train'], ['a twin', null, 'test'])).rejects.toThrow(
    /tasks\.jsonl:2: a twin is in test, and a, /,
  );
  await expect(read(['a', 'p', 'dev'])).rejects.toThrow(/tasks\.jsonl:1: split/);
  await expect(readKeptSplits(join(folder, 'none'))).rejects.toThrow(/there is no dataset/);
});
