import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../src/contracts/task.ts';
import { splitTasks } from '../../src/dataset/split-tasks.ts';
import { readTasks } from '../../src/tasks/read-tasks.ts';
import { readSamples } from '../../src/tasks/samples/read-samples.ts';
import { createTaskIndex } from '../../src/tasks/task-index.ts';
import { problemOf } from '../../src/util/problem-of.ts';
import { collect } from '../support/collect.ts';

/** HumanEval, which the shipped judge is tested with and which is not part of the project. */
const HUMANEVAL = resolve(
  import.meta.dirname,
  '../../../shared/data/benchmarks/humaneval-python/HumanEval.jsonl.gz',
);
const isHere = existsSync(HUMANEVAL);

const ROOT = resolve(import.meta.dirname, '../..');
const OWN = [join(ROOT, 'judges/data'), 'bundled:python'];
const SAMPLES = join(ROOT, 'judges/samples/smollm2-135m-python.jsonl.gz');

/** So many words in a row are no coincidence. */
const WORDS = 8;

let own: Task[] = [];
beforeAll(async () => {
  own = await collect(readTasks(OWN));
});

function sequences({ description, prompt }: Task): string[] {
  return [description, prompt ?? ''].flatMap((text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return words
      .slice(0, Math.max(0, words.length - WORDS + 1))
      .map((_, at) => words.slice(at, at + WORDS).join(' '));
  });
}

describe('own tasks', () => {
  it('have each a function name and a text of their own', () => {
    expect(own.length).toBeGreaterThan(300);
    expect(repeated(own.map(({ entryPoint }) => String(entryPoint)))).toEqual([]);
    expect(repeated(own.map(({ description }) => description))).toEqual([]);
  });

  it('samples of a model are for these tasks only', async () => {
    const samples = await collect(readSamples(SAMPLES, createTaskIndex(own)));
    const ids = new Set(own.map(({ id }) => id));
    expect(samples.filter(({ taskId }) => !ids.has(taskId))).toEqual([]);
  });
});

const title = 'own tasks beside HumanEval';
describe.skipIf(!isHere)(isHere ? title : `${title} (skipped: no ../shared/data)`, () => {
  let humaneval: Task[] = [];
  beforeAll(async () => {
    humaneval = await collect(readTasks(HUMANEVAL));
  });

  it(`share no ${WORDS} words in a row`, () => {
    const theirs = new Map(humaneval.flatMap((task) => sequences(task).map((words) => [words, task.id])));
    expect(theirs.size).toBeGreaterThan(2000);
    const shared = own.flatMap((task) =>
      sequences(task).flatMap((words) =>
        theirs.has(words) ? [`${task.id}, ${theirs.get(words)}: ${words}`] : [],
      ),
    );
    expect(shared).toEqual([]);
  });

  it('share no name of a function', () => {
    const theirs = new Map(humaneval.map(({ entryPoint, id }) => [entryPoint, id]));
    expect(own.filter(({ entryPoint }) => theirs.has(entryPoint)).map(({ id }) => id)).toEqual([]);
  });

  it('have no problem in two parts, and HumanEval is divided as if it were alone', () => {
    const alone = splitTasks(humaneval, 1, [50, 15, 35]);
    const kept = new Map(humaneval.flatMap((task) => entriesOf(problemOf(task), alone.get(task.id))));
    const together = splitTasks([...humaneval, ...own], 1, [50, 15, 35], kept);
    const parts = Map.groupBy([...humaneval, ...own], problemOf);
    for (const [problem, tasks] of parts) {
      expect(new Set(tasks.map(({ id }) => together.get(id))).size, problem).toBe(1);
    }
    expect(humaneval.map(({ id }) => together.get(id))).toEqual(humaneval.map(({ id }) => alone.get(id)));
  });
});

function entriesOf<K, V>(key: K, value: V | undefined): [K, V][] {
  return value === undefined ? [] : [[key, value]];
}

function repeated(texts: readonly string[]): string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at);
}
