import { expect, test } from 'vitest';
import { taskSchema } from '../contracts/task.ts';
import { adhocTask } from './adhoc-task.ts';

const OPTIONS = { description: ' Add one.\n', signature: 'def add_one(x):', language: 'python' };

test('makes a valid task of description, signature and language', () => {
  const task = adhocTask({ ...OPTIONS, testsSource: 'assert add_one(1) == 2\n' });
  expect(taskSchema.parse(task)).toEqual(task);
  expect(task).toMatchObject({
    id: expect.stringMatching(/^adhoc\/[0-9a-f]{12}$/),
    benchmark: 'adhoc',
    description: 'Add one.',
    entryPoint: 'add_one',
    tests: { before: '', after: 'assert add_one(1) == 2\n' },
  });
});

test('the id is the same for the same task and differs by every part', () => {
  expect(adhocTask(OPTIONS).id).toBe(adhocTask({ ...OPTIONS, description: 'Add one.', testsSource: ' ' }).id);
  const variants = [
    OPTIONS,
    { ...OPTIONS, description: 'Add two.' },
    { ...OPTIONS, signature: 'def add_two(x):' },
    { ...OPTIONS, language: 'java' },
    { ...OPTIONS, testsSource: 'assert 1' },
    { ...OPTIONS, entryPoint: 'other' },
  ];
  expect(new Set(variants.map((options) => adhocTask(options).id)).size).toBe(variants.length);
});

test('leaves unknown what was not given', () => {
  const task = adhocTask({ ...OPTIONS, signature: '', testsSource: '\n' });
  expect(task).toMatchObject({ signature: '', entryPoint: null, tests: null, canonical: null });
});

test.each([
  [{ ...OPTIONS, description: ' \n' }, /expected a description/],
  [{ ...OPTIONS, language: '' }, /expected a language/],
])('refuses blanks', (options, message) => {
  expect(() => adhocTask(options)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringMatching(message) }),
  );
});
