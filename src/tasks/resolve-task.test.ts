import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveTask } from './resolve-task.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-resolve-'));
  await writeFile(join(folder, 'own'), 'language: python\ndescription: Add.\nsignature: "def add(a, b):"\n');
});
afterAll(() => rm(folder, { recursive: true }));

test('a file, with or without extension', async () => {
  expect(await resolveTask(join(folder, 'own'))).toMatchObject({ id: 'file/own' });
});

test.each(['python/clamp', 'tasks/python/clamp', 'tasks/python/clamp.yaml', './tasks/python/clamp', 'clamp'])(
  '%s is a bundled task',
  async (name) => {
    expect(await resolveTask(name)).toMatchObject({ id: 'python/clamp', benchmark: 'codejury' });
  },
);

test('neither file nor bundled task: names the nearest', async () => {
  await expect(resolveTask('python/clmap')).rejects.toMatchObject({
    code: 'not-found',
    message: 'no task file and no bundled task "python/clmap"',
    hint: 'did you mean python/clamp?',
  });
  await expect(resolveTask('clmp')).rejects.toMatchObject({ hint: 'did you mean python/clamp?' });
  await expect(resolveTask(join(folder, 'nothing-of-the-kind.yaml'))).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringMatching(/give a task file/),
  });
});

test('an empty name and a folder are wrong usage', async () => {
  await expect(resolveTask(' ')).rejects.toMatchObject({ code: 'usage' });
  await expect(resolveTask(folder)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/received a folder/),
  });
});
