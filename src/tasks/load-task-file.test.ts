import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledTasksFolder } from './bundled-tasks-folder.ts';
import { loadTaskFile } from './load-task-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-task-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a file of the user gets its id from its name', async () => {
  const path = join(folder, 'my.task.yaml');
  await writeFile(path, 'language: python\ndescription: Add.\nsignature: "def add(a, b):"\n');
  expect(await loadTaskFile(path)).toMatchObject({
    id: 'file/my.task',
    benchmark: 'file',
    entryPoint: 'add',
  });
});

test('a bundled file named by its path is the bundled task', async () => {
  expect(await loadTaskFile(join(bundledTasksFolder(), 'python', 'clamp.yaml'))).toMatchObject({
    id: 'python/clamp',
    benchmark: 'codejury',
  });
});

test('messages name the path as the user wrote it', async () => {
  const path = join(folder, 'bad.yaml');
  await writeFile(path, 'language: [python\n');
  const error = await loadTaskFile(path).catch((caught: unknown) => caught);
  expect((error as Error).message.startsWith(`${path}:`)).toBe(true);
  expect((error as Error).message).toMatch(/:\d+:\d+: invalid YAML/);
});
