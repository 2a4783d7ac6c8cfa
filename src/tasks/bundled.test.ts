import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { taskSchema } from '../contracts/task.ts';
import { listBundledTasks } from './bundled-tasks.ts';
import { bundledTasksFolder } from './bundled-tasks-folder.ts';

/** What every bundled task says of itself. */
const metadataSchema = z.strictObject({
  difficulty: z.enum(['easy', 'medium', 'hard']),
  topics: z.array(z.string().regex(/^[a-z-]+$/)).min(1),
  smallModel: z.literal(true).optional(),
});

const tasks = await listBundledTasks();
const pythonTasks = tasks.filter((task) => task.language === 'python');

test('there are enough of every difficulty', () => {
  const metadata = pythonTasks.map((task) => metadataSchema.parse(task.metadata));
  expect(pythonTasks.length).toBeGreaterThanOrEqual(44);
  expect(metadata.filter((entry) => entry.smallModel).length).toBeGreaterThanOrEqual(12);
  for (const difficulty of ['easy', 'medium', 'hard']) {
    expect(metadata.filter((entry) => entry.difficulty === difficulty).length).toBeGreaterThanOrEqual(8);
  }
  expect(metadata.filter((entry) => entry.smallModel && entry.difficulty !== 'easy')).toEqual([]);
});

test('ids and entry points are unique', () => {
  expect(new Set(tasks.map((task) => task.id)).size).toBe(tasks.length);
  expect(new Set(pythonTasks.map((task) => task.entryPoint)).size).toBe(pythonTasks.length);
});

test('nothing but tasks lies in the folder, and all of it is ASCII', async () => {
  const folder = bundledTasksFolder();
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.includes('.'));
  expect(names.sort()).toEqual(tasks.map((task) => `${task.id}.yaml`).sort());
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    expect(text, name).toMatch(/^[\n\x20-\x7e]*$/);
    expect(text, name).not.toMatch(/[ \t]$/m);
  }
});

test.each(pythonTasks.map((task) => [task.id, task] as const))('%s is well formed', (id, task) => {
  const { entryPoint, signature, description, canonical, tests } = taskSchema.parse(task);
  expect(task.benchmark).toBe('codejury');
  expect(id).toBe(`python/${entryPoint?.replaceAll('_', '-')}`);
  expect(signature).toMatch(new RegExp(`^def ${entryPoint}\\(.*\\) -> .+:$`));
  // Some model will see it inside a docstring.
  expect(description).not.toMatch(/"""|\\/);

  // The whole function with the annotated signature the task asks for, and nothing that runs on import.
  expect(canonical?.split('\n')).toContain(signature);

  const asserts = tests?.after.match(/^\s*(?:assert\b|raise AssertionError\b)/gm) ?? [];
  expect(asserts.length).toBeGreaterThanOrEqual(6);
  expect(asserts.length).toBeLessThanOrEqual(15);
  expect(tests?.after).toContain(`${entryPoint}(`);
  // Nothing that differs from run to run, and nothing of the outside world.
  expect(`${tests?.after}${canonical}`).not.toMatch(
    /\b(?:import (?:random|time|os|sys|socket)|\.now\(|\.today\(|open\(|input\(|print\()/,
  );
});
