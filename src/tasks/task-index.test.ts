import { expect, it } from 'vitest';
import { adhocTask } from './adhoc-task.ts';
import { createTaskIndex } from './task-index.ts';

const task = (id: string, sourceId: string | null, language = 'python') => ({
  ...adhocTask({ description: 'Do.', signature: 'def f():', language }),
  id,
  metadata: sourceId === null ? {} : { sourceId },
});

const index = createTaskIndex([
  task('humaneval/python/1', 'HumanEval/1'),
  task('multipl-e-humaneval/java/1_f', 'HumanEval_1_f', 'java'),
  task('multipl-e-humaneval/javascript/1_f', 'HumanEval_1_f', 'javascript'),
  task('python/clamp', null),
]);

it.each([
  ['humaneval/python/1', null, 'humaneval/python/1'],
  ['HumanEval/1', null, 'humaneval/python/1'],
  ['1', null, 'humaneval/python/1'],
  ['Humaneval/1', null, 'humaneval/python/1'],
  ['humaneval_python/1', null, 'humaneval/python/1'],
  ['clamp', null, 'python/clamp'],
  ['HumanEval_1_f', 'js', 'multipl-e-humaneval/javascript/1_f'],
  ['HumanEval_1_f', 'java', 'multipl-e-humaneval/java/1_f'],
])('%s in %s is %s', (name, language, id) => {
  expect(index.resolve(name, language, 'f:1').id).toBe(id);
  expect(index.get(id)?.id).toBe(id);
});

it('says what the caller knows of a name that comes near to none', () => {
  expect(() => index.resolve('99', null, 'f', 'look there')).toThrow(
    expect.objectContaining({ hint: 'look there' }),
  );
});

it('asks for a language where several tasks share a name', () => {
  expect(() => index.resolve('HumanEval_1_f', null, 'f:7')).toThrow(
    /^f:7: the task "HumanEval_1_f" may be any of multipl-e-humaneval\/java\/1_f, multipl-e-humaneval\/javascript\/1_f$/,
  );
});

it.each([
  [
    'HumanEval/11',
    null,
    /^f:7: expected one of 4 tasks, received "HumanEval\/11"$/,
    'is it of another file of tasks?',
  ],
  ['MBPP/1', null, /^f:7: expected one of 4 tasks, received "MBPP\/1"$/, 'is it of another file of tasks?'],
  ['humaneval/pythn/1', null, /received/, 'is it of another file of tasks?'],
  ['pyton/clamp', null, /received/, 'did you mean python/clamp?'],
  ['clmp', null, /received "clmp"/, 'did you mean python/clamp?'],
  ['HumanEval/1', 'java', /^f:7: expected one of 4 tasks in java/, 'is it of another file of tasks?'],
  ['something-else', null, /received/, 'is it of another file of tasks?'],
])('%s in %s is unknown', (name, language, message, hint) => {
  expect(() => index.resolve(name, language, 'f:7')).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringMatching(message), hint }),
  );
});
