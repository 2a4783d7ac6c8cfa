import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataCard } from '../../src/contracts/data-card.ts';
import { problem, titled } from '../execute/attack-bench.ts';
import { runCodejury } from './run-codejury.ts';

const TASKS = 10;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codejury-dataset-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, records: readonly object[]): string => {
  const file = join(folder, name);
  writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return file;
};
const records = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe.skipIf(problem !== null)(titled('codejury dataset build'), () => {
  let args: string[] = [];
  beforeAll(() => {
    const tasks = write(
      'tasks.jsonl',
      Array.from({ length: TASKS }, (_, index) => ({
        task_id: `HumanEval/${index}`,
        prompt: `def f${index}(x):\n    """ Add ${index} to x. """\n`,
        entry_point: `f${index}`,
        // The solution of the last task is wrong.
        canonical_solution: index === TASKS - 1 ? '    return 0\n' : `    return x + ${index}\n`,
        test: `def check(candidate):\n    assert candidate(7) == 7 + ${index}\n`,
      })),
    );
    const samples = write(
      'samples.jsonl',
      Array.from({ length: TASKS }, (_, index) => `HumanEval/${index}`).flatMap((task_id, index) => [
        { task_id, completion: `    return x + ${index}\n` },
        { task_id, completion: `    # another comment\n    return x + ${index}\n` },
        { task_id, completion: `    return ${index} + x\n` },
        { task_id, completion: '    return x - 1\n' },
        { task_id, completion: '    return y\n' },
        { task_id, completion: '    pass\n' },
        ...(index === 3 ? [{ task_id, completion: '    while True: x += 1\n' }] : []),
      ]),
    );
    args = ['dataset', 'build', '--tasks', tasks, '--samples', samples, '--seed', '3', '--json', '--quiet'];
  });
  const build = async (out: string, more: readonly string[] = []): Promise<DataCard> => {
    const result = await runCodejury([...args, '--out', join(folder, out), ...more], {
      home: join(folder, 'home'),
    });
    expect(result.stderr).toBe('');
    return JSON.parse(result.stdout) as DataCard;
  };
  const file = (out: string, name: string) => join(folder, out, name);

  it('labels, merges, divides and counts', async () => {
    const card = await build('a');
    expect(card.funnel.map(({ filter, removed, left }) => [filter, removed, left])).toEqual([
      ['read', 0, 10],
      ['excluded by list', 0, 10],
      ['reference fails', 1, 9],
      ['read', 0, 61],
      ['of excluded tasks', 0, 61],
      ['rejected: empty-body', 10, 51],
      ['duplicates merged', 10, 41],
      ['reference fails', 4, 37],
    ]);
    expect(card.splits.map(({ split, tasks, correct, wrong }) => [split, tasks, correct, wrong])).toEqual([
      ['train', 6, 12, 13],
      ['validation', 1, 2, 2],
      ['test', 2, 4, 4],
    ]);
    expect(card.outcomes).toEqual([
      { outcome: 'passed', candidates: 18 },
      { outcome: 'failed', candidates: 9 },
      { outcome: 'runtime-error', candidates: 9 },
      { outcome: 'timeout', candidates: 1 },
    ]);
    expect(readdirSync(join(folder, 'a')).sort()).toEqual(
      [...card.files.map((entry) => entry.file), 'data-card.json', 'data-card.md'].sort(),
    );
  });

  it('writes training files in both variants, and nothing of other splits for the generator', () => {
    const train = records(file('a', 'judge-label.train.jsonl'));
    expect(train).toHaveLength(25);
    expect(new Set(train.map(({ completion }) => completion))).toEqual(new Set(['0', '1']));
    expect(train[0]?.prompt).toMatch(
      /# Description:\nAdd \d to x\.[\s\S]*# Candidate:\ndef f\d\(x\):\n {4}return/,
    );
    const explained = records(file('a', 'judge-feedback.train.jsonl'));
    expect(explained.find(({ completion }) => String(completion).includes('NameError'))?.completion).toMatch(
      /^0\nThere is an error in the code at line 2:return y\n/,
    );
    expect(
      explained.find(({ completion }) => String(completion).includes('OutputMismatch'))?.completion,
    ).toMatch(/^0\nThis code is wrong\.\nError_Message:\nExpected \d+, but got 6\n/);
    const splitOf = new Map(
      records(file('a', 'tasks.jsonl')).map(({ task, split }) => [(task as { id: string }).id, split]),
    );
    expect(splitOf.size).toBe(9);
    const solutions = records(file('a', 'generator.train.jsonl'));
    expect(solutions).toHaveLength(6 + 12);
    expect(new Set(solutions.map(({ taskId }) => splitOf.get(String(taskId))))).toEqual(new Set(['train']));
  });

  it('gives the same bytes again, whether results are on record or not', async () => {
    await build('b');
    await build('c', ['--no-cache', '--workers', '1']);
    for (const name of readdirSync(join(folder, 'a'))) {
      const bytes = readFileSync(file('a', name));
      expect(readFileSync(file('b', name)).equals(bytes), name).toBe(true);
      expect(readFileSync(file('c', name)).equals(bytes), name).toBe(true);
    }
  });

  it('caps the classes of training tasks only', async () => {
    const card = await build('d', ['--cap-per-class', '1']);
    expect(card.splits.map(({ correct, wrong }) => [correct, wrong])).toEqual([
      [6, 6],
      [2, 2],
      [4, 4],
    ]);
    expect(card.funnel.at(-1)).toMatchObject({ filter: 'over the cap per class', removed: 13, left: 24 });
  });

  it('adds mutants to training tasks, with the solutions they are of, and only such as fail', async () => {
    const card = await build('m', ['--mutants', '3']);
    const candidates = records(file('m', 'candidates.jsonl'));
    const plain = records(file('a', 'candidates.jsonl'));
    expect(candidates.slice(0, plain.length)).toEqual(plain);
    const more = candidates.slice(plain.length);
    expect(new Set(more.map(({ generator, label, split }) => `${generator} ${label} ${split}`))).toEqual(
      new Set(['mutant 0 train']),
    );
    const perTask = Map.groupBy(more, ({ taskId }) => taskId);
    expect(perTask.size).toBe(6);
    expect(Math.max(...[...perTask.values()].map((mutants) => mutants.length))).toBeLessThanOrEqual(3);
    const line = (filter: string) => card.funnel.find((entry) => entry.filter === filter);
    expect(line('read')).toMatchObject({ left: 10 });
    const passing = line('mutant passes')?.removed ?? 0;
    expect(more.length + passing).toBe(18);
    expect(card.funnel.at(-1)?.left).toBe(candidates.length);
    await build('n', ['--mutants', '3', '--no-cache', '--workers', '1']);
    expect(readFileSync(file('n', 'candidates.jsonl'), 'utf8')).toBe(
      readFileSync(file('m', 'candidates.jsonl'), 'utf8'),
    );
  });

  it('makes mutants of solutions of tasks without a candidate, which become candidates', async () => {
    const written = write('written.jsonl', [
      {
        ...{ id: 'mine/larger', description: 'The larger one.', signature: 'def larger(a, b):' },
        tests: 'assert larger(1, 2) == 2\nassert larger(3, 2) == 3\n',
        right: ['def larger(a, b):\n    return max(a, b)\n'],
        wrong: [],
      },
    ]);
    const card = await build('w', ['--tasks', written, '--keep-splits', join(folder, 'a'), '--mutants', '5']);
    const own = records(file('w', 'candidates.jsonl')).filter(({ taskId }) => taskId === 'mine/larger');
    expect(own[0]).toMatchObject({ generator: 'canonical', label: 1, split: 'train' });
    expect(own.slice(1).map(({ code }) => code)).toContain('def larger(a, b):\n    return min(a, b)');
    const solutions = records(file('w', 'generator.train.jsonl')).filter(
      ({ taskId }) => taskId === 'mine/larger',
    );
    expect(solutions).toHaveLength(1);
    expect(card.generators.map(({ generator }) => generator).sort()).toEqual([
      'canonical',
      'mutant',
      'unknown',
    ]);
  });

  it('keeps the parts of an earlier dataset', async () => {
    const written = write(
      'more.jsonl',
      [0, 1, 2].map((index) => ({
        ...{
          id: `more/${index}`,
          description: `Double ${index}.`,
          signature: 'def g(x):',
          tests: 'assert g(2) == 4',
        },
        ...{ right: ['def g(x):\n    return x + x\n'], wrong: ['def g(x):\n    return x\n'] },
      })),
    );
    const more = ['--tasks', written, '--samples', written];
    const partsOf = (out: string) =>
      records(file(out, 'tasks.jsonl')).map(({ task, split }) => `${(task as { id: string }).id} ${split}`);
    await build('k', [...more, '--keep-splits', join(folder, 'a')]);
    expect(partsOf('k').slice(0, 9)).toEqual(partsOf('a'));
    expect(
      new Set(
        partsOf('k')
          .slice(9)
          .map((line) => line.split(' ')[1]),
      ),
    ).toEqual(new Set(['train', 'validation', 'test']));
    const nothing = await runCodejury(
      [...args, '--out', join(folder, 'x'), '--keep-splits', join(folder, 'home')],
      {
        home: join(folder, 'home'),
      },
    );
    expect([nothing.status, nothing.stderr]).toEqual([
      2,
      expect.stringContaining('--keep-splits: there is no dataset'),
    ]);
  });

  it('takes the labels that candidates came with, and needs no Java for that', async () => {
    const given = write(
      'given.jsonl',
      Array.from({ length: TASKS }, (_, index) => String(index)).flatMap((task_id) =>
        [true, false].map((passed) => ({
          ...{ task_id, description: `Do ${task_id}.`, signature: 'int f(int x)', passed },
          candidate: `int f(int x) { return x ${passed ? '+' : '-'} ${task_id}; }`,
        })),
      ),
    );
    const out = join(folder, 'given');
    const result = await runCodejury(
      ['dataset', 'build', '--tasks', given, '--samples', given, '--out', out, '--json', '--quiet'],
      { home: join(folder, 'home'), env: { CODEJURY_JAVA_HOME: join(folder, 'no-java') } },
    );
    expect(result.stderr).toBe('');
    const card = JSON.parse(result.stdout) as DataCard;
    expect(card.runners).toEqual([]);
    expect(card.outcomes).toEqual([{ outcome: 'given', candidates: 2 * TASKS }]);
    expect(card.splits.map(({ correct, wrong }) => [correct, wrong])).toEqual([
      [7, 7],
      [1, 1],
      [2, 2],
    ]);
    const mutated = await runCodejury(
      ['dataset', 'build', '--tasks', given, '--samples', given, '--out', out, '--mutants', '2', '--quiet'],
      { home: join(folder, 'home') },
    );
    expect([mutated.status, mutated.stderr]).toEqual([
      0,
      expect.stringContaining('no mutants: no training task'),
    ]);
  });

  it('replaces a dataset, and nothing else', async () => {
    await build('d');
    writeFileSync(join(folder, 'file'), '');
    for (const out of ['.', 'file', 'no/folder']) {
      const result = await runCodejury([...args, '--out', join(folder, out)], { home: join(folder, 'home') });
      expect(result.status, out).toBe(2);
      expect(result.stderr).toContain('--out');
    }
  });
});
