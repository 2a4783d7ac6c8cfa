import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../test/support/collect.ts';
import { tinyParquet } from '../../test/support/tiny-parquet.ts';
import { BENCHMARKS, benchmarkFilePath } from './benchmarks.ts';
import { type ReadTasksOptions, readTasks } from './read-tasks.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'codejury-read-tasks-'));
});
afterAll(() => rm(folder, { recursive: true }));

const HUMANEVAL = (number: number) => ({
  task_id: `HumanEval/${number}`,
  prompt: 'def f(x):\n    """ Doc. """\n',
  entry_point: 'f',
  canonical_solution: '    return x\n',
  test: 'def check(candidate):\n    pass\n',
});
const OWN = { language: 'python', description: 'Do it.', signature: 'def f():' };

const lines = (...values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const ids = async (source: string | readonly string[], options?: ReadTasksOptions) =>
  (await collect(readTasks(source, options))).map(({ id }) => id);

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('sources', () => {
  it('a file of records, packed or not, Parquet', async () => {
    const expected = ['humaneval/python/0', 'humaneval/python/1'];
    const text = lines(HUMANEVAL(0), HUMANEVAL(1));
    expect(await ids(await fileWith('h.jsonl', text))).toEqual(expected);
    expect(await ids(await fileWith('h.jsonl.gz', gzipSync(text)))).toEqual(expected);
    expect(await ids(await fileWith('h.json', `[${text.trim().replace('\n', ',')}]`))).toEqual(expected);
    expect(await ids(await fileWith('h.parquet', tinyParquet([HUMANEVAL(0), HUMANEVAL(1)])))).toEqual(
      expected,
    );
  });

  it('the tasks of a dataset, each beside its split', async () => {
    const task = (await collect(readTasks(await fileWith('one.jsonl', lines(HUMANEVAL(0))))))[0];
    const dataset = await fileWith('tasks.jsonl', lines({ split: 'validation', task }));
    expect(await collect(readTasks(dataset))).toEqual([task]);
  });

  it('one task in YAML, and a folder of files in the order of their names', async () => {
    const own = join(folder, 'own');
    await mkdir(own);
    await writeFile(join(own, 'b.yaml'), 'language: python\ndescription: B.\nsignature: "def b():"\n');
    await writeFile(join(own, 'a.json'), JSON.stringify(OWN, null, 2));
    await writeFile(join(own, 'c.jsonl'), lines({ ...OWN, id: 'mine/1' }, OWN));
    await writeFile(join(own, 'notes.txt'), 'not a task');
    expect(await ids(own)).toEqual(['file/a/1', 'file/b', 'mine/1', 'file/c/2']);
    expect(await ids(join(own, 'b.yaml'))).toEqual(['file/b']);
  });

  it('several, one after the other; a task of two of them is there twice', async () => {
    const one = await fileWith('one.jsonl', lines(HUMANEVAL(0)));
    const other = await fileWith('other.jsonl', lines(HUMANEVAL(1)));
    const empty = await fileWith('empty.jsonl', '');
    expect(await ids([one, other])).toEqual(['humaneval/python/0', 'humaneval/python/1']);
    await expect(ids([one, one])).rejects.toThrow(/one\.jsonl:1: .* twice, first at .*one\.jsonl:1/);
    await expect(ids([one, empty])).rejects.toThrow(/empty\.jsonl: expected tasks/);
  });

  it('tasks with written solutions, the first of them its own', async () => {
    const record = {
      ...{ id: 'mine/double', description: 'Double x.', signature: 'def double(x):' },
      ...{
        tests: 'assert double(2) == 4',
        right: ['def double(x):\n    return 2 * x\n'],
        wrong: ['def double(x): return x'],
      },
    };
    const [task] = await collect(readTasks(await fileWith('written.jsonl', lines(record))));
    expect(task).toMatchObject({
      ...{ id: 'mine/double', benchmark: 'mine', language: 'python', entryPoint: 'double' },
      ...{ canonical: record.right[0], tests: { before: '', after: record.tests } },
    });
  });

  it('bundled tasks: all, of a language, one', async () => {
    const python = await ids('bundled:python');
    expect(python).toContain('python/clamp');
    expect(python.every((id) => id.startsWith('python/'))).toBe(true);
    expect((await ids('bundled')).length).toBeGreaterThanOrEqual(python.length);
    expect(await ids('python/clamp')).toEqual(['python/clamp']);
    await expect(ids('bundled:cobol')).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringMatching(/python/),
    });
  });

  it('a pulled benchmark by its name', async () => {
    const entry = BENCHMARKS.find(({ name }) => name === 'humaneval');
    const path = benchmarkFilePath(folder, entry as NonNullable<typeof entry>, {
      path: entry?.files[0]?.path ?? '',
      sha256: null,
    });
    await mkdir(join(folder, 'humaneval'), { recursive: true });
    await writeFile(path, tinyParquet([HUMANEVAL(5)]));
    expect(await ids('humaneval', { benchmarksFolder: folder })).toEqual(['humaneval/python/5']);
    await expect(ids('mbpp', { benchmarksFolder: folder })).rejects.toMatchObject({
      code: 'not-found',
      hint: '`codejury tasks pull mbpp` gets it',
    });
    await expect(ids('humaneval')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('nothing of that name: the nearest', async () => {
    await expect(ids('humanevl')).rejects.toMatchObject({
      code: 'not-found',
      message: 'humanevl: no such file, folder or benchmark',
      hint: 'did you mean humaneval?',
    });
    await expect(ids(join(folder, 'missing', 'file.jsonl'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('refuses, naming file, line and field', () => {
  it.each([
    ['an empty file', '', /x\.jsonl: expected tasks, received an empty file or folder/],
    [
      'a duplicate',
      lines(HUMANEVAL(0), HUMANEVAL(1), HUMANEVAL(0)),
      /x\.jsonl:3: the task humaneval\/python\/0 is there twice, first at .*x\.jsonl:1$/,
    ],
    ['an unknown format', lines({ a: 1 }), /x\.jsonl:1: not a known task format/],
    [
      'a missing field later on',
      lines(HUMANEVAL(0), { ...HUMANEVAL(1), test: undefined }),
      /x\.jsonl:2: test: expected string, received nothing/,
    ],
    [
      'a field of the wrong kind',
      lines(HUMANEVAL(0), { ...HUMANEVAL(1), prompt: 7 }),
      /x\.jsonl:2: prompt: expected string, received 7/,
    ],
    [
      'another format later on',
      lines(HUMANEVAL(0), OWN),
      /x\.jsonl:2: task_id: expected string, received nothing/,
    ],
    [
      'an own task with a mistyped field',
      lines({ ...OWN, sigature: 'x' }),
      /x\.jsonl:1: unknown field sigature, did you mean signature\?/,
    ],
    ['a cut-off line', lines(HUMANEVAL(0)).slice(0, 50), /x\.jsonl:1: not JSON/],
  ])('%s', async (_, content, message) => {
    await expect(ids(await fileWith('x.jsonl', content))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('truncated gzip', async () => {
    const packed = gzipSync(lines(...Array.from({ length: 500 }, (_, index) => HUMANEVAL(index))));
    await expect(
      ids(await fileWith('cut.gz', packed.subarray(0, packed.length - 300))),
    ).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/cut\.gz:\d+: the gzip data is cut off/),
    });
  });

  it('nothing of a file with a late fault is lost before it', async () => {
    const path = await fileWith('late.jsonl', `${lines(HUMANEVAL(0), HUMANEVAL(1))}{"task_id":`);
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const { id } of readTasks(path)) {
          seen.push(id);
        }
      })(),
    ).rejects.toThrow(/late\.jsonl:3: not JSON/);
    expect(seen).toEqual(['humaneval/python/0', 'humaneval/python/1']);
  });
});

it('tasks of labelled candidates are there once', async () => {
  const row = { task_id: 'a', description: 'Do.', signature: 'int f(){', candidate: 'x', passed: true };
  expect(
    await ids(await fileWith('l.jsonl', lines(row, { ...row, candidate: 'y' }, { ...row, task_id: 'b' }))),
  ).toEqual(['codereval/java/a', 'codereval/java/b']);
});

it('what is printed as JSON reads back the same', async () => {
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
    fc.asyncProperty(fc.uniqueArray(task, { minLength: 1, selector: ({ id }) => id }), async (tasks) => {
      const printed = lines(...tasks);
      const read = await collect(readTasks(await fileWith('round.jsonl', printed)));
      expect(read).toEqual(
        printed
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
    }),
    { numRuns: 50 },
  );
});
