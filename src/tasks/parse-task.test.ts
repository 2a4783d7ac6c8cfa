import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskSchema } from '../contracts/task.ts';
import { parseTask } from './parse-task.ts';

const MINIMAL = { language: 'python', description: 'Add one.', signature: 'def add_one(x: int) -> int:' };

function parse(task: unknown, source = 'folder/my-task.json') {
  return parseTask(JSON.stringify(task), source);
}

test('fills in what the file leaves out', async () => {
  expect(await parse(MINIMAL)).toEqual({
    ...MINIMAL,
    id: 'file/my-task',
    benchmark: 'file',
    prompt: null,
    completion: null,
    entryPoint: 'add_one',
    tests: null,
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
  });
});

test('prefers what the file says', async () => {
  const task = await parse({ ...MINIMAL, id: 'mine/one', benchmark: 'mine', entryPoint: 'other' });
  expect(task).toMatchObject({ id: 'mine/one', benchmark: 'mine', entryPoint: 'other' });
});

test('tests are source after the candidate, or both halves; blank ones are none, as is a blank solution', async () => {
  expect((await parse({ ...MINIMAL, tests: 'assert 1\n' })).tests).toEqual({
    before: '',
    after: 'assert 1\n',
  });
  const program = { before: 'import math\n', after: 'assert 1' };
  expect((await parse({ ...MINIMAL, tests: program })).tests).toEqual(program);
  expect((await parse({ ...MINIMAL, tests: ' \n' })).tests).toBeNull();
  expect((await parse({ ...MINIMAL, canonical: '\n' })).canonical).toBeNull();
});

test('trims what YAML block texts add, but no code', async () => {
  const source =
    'language: python\ndescription: |\n  Do it.\nsignature: |\n  def f():\ncanonical: |\n  def f():\n    pass\n';
  expect(await parseTask(source, 'a.yaml')).toMatchObject({
    description: 'Do it.',
    signature: 'def f():',
    canonical: 'def f():\n  pass\n',
  });
});

test.each([
  [
    'a mistyped field first, with the nearest',
    { ...MINIMAL, signature: undefined, sigature: 'x' },
    [/unknown field sigature, did you mean signature\?/, /signature: expected a string, received nothing/],
  ],
  ['an unknown field that is near nothing', { ...MINIMAL, zzzzzzzz: 1 }, [/: unknown field zzzzzzzz$/]],
  ['a wrong kind', { ...MINIMAL, description: 5 }, [/description: expected a string, received the number 5/]],
  [
    'null for a required field',
    { ...MINIMAL, language: null },
    [/language: expected a string, received null/],
  ],
  [
    'a blank description',
    { ...MINIMAL, description: '  ' },
    [/description: expected some text, received an empty string/],
  ],
  [
    'tests of the wrong kind',
    { ...MINIMAL, tests: ['assert 1'] },
    [/tests: expected a string or an object with before and after, received a list of 1/],
  ],
  [
    'metadata that is text',
    { ...MINIMAL, metadata: 'easy' },
    [/metadata: expected an object, received a string/],
  ],
  [
    'a resource that is no text',
    { ...MINIMAL, resources: { 'a.py': 3 } },
    [/resources\.a\.py: expected a string, received the number 3/],
  ],
  ['a list of tasks', [MINIMAL, MINIMAL], [/expected one task \(an object\), received a list of 2/]],
  ['a text', 'hello', [/expected one task \(an object\), received a string/]],
])('refuses %s', async (_, document, patterns) => {
  const error = await parse(document).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'usage' });
  const lines = (error as Error).message.split('\n');
  expect(lines).toHaveLength(patterns.length);
  for (const [index, pattern] of patterns.entries()) {
    expect(lines[index]).toMatch(/^folder\/my-task\.json: /);
    expect(lines[index]).toMatch(pattern);
  }
});

test('a task record printed as JSON reads back the same', async () => {
  const text = fc.string({ minLength: 1 }).map((value) => `x${value}x`);
  const task = fc.record({
    id: text,
    benchmark: text,
    language: text,
    description: text,
    signature: text,
    prompt: fc.option(fc.string()),
    completion: fc.option(fc.record({ head: fc.string(), tail: fc.string(), closesClass: fc.boolean() })),
    entryPoint: text,
    tests: fc.option(fc.record({ before: fc.string(), after: text })),
    problem: fc.option(text),
    canonical: fc.option(text),
    resources: fc.option(fc.dictionary(text, fc.string())),
    metadata: fc.dictionary(text, fc.jsonValue()),
  });
  await fc.assert(
    fc.asyncProperty(task, async (record) => {
      const printed = JSON.stringify(record);
      const read = await parseTask(printed, 'x.json');
      expect(read).toEqual(JSON.parse(printed));
      expect(taskSchema.safeParse(read).success).toBe(true);
    }),
    { numRuns: 50 },
  );
});
