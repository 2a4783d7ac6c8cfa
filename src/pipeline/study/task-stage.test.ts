import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/tiny-model.ts';
import { studyConfigSchema } from '../../contracts/study-config.ts';
import type { Task } from '../../contracts/task.ts';
import { countPools } from './pool-samples.ts';
import type { StudyRun } from './study-run.ts';
import { readStudyTasks } from './task-stage.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

function taskOf(id: string): Task {
  return {
    ...{ id, benchmark: 'own', language: 'python', description: `Do ${id}.`, signature: 'def f(x):' },
    ...{ prompt: null, completion: null, entryPoint: 'f', tests: { before: '', after: 'assert f(1)' } },
    ...{ problem: null, canonical: null, resources: null, metadata: {} },
  };
}

mkdirSync(folder.path('data'));
writeFileSync(folder.path('data/data-card.json'), '{}');
writeFileSync(
  folder.path('data/tasks.jsonl'),
  ['a train', 'b test', 'c test', 'd validation']
    .map((text) => text.split(' '))
    .map(([id = '', split]) => `${JSON.stringify({ split, task: taskOf(id) })}\n`)
    .join(''),
);

function studyOf(fields: Record<string, unknown>): StudyRun {
  const config = studyConfigSchema.parse({
    name: 'x',
    tasks: ['data'],
    generators: [{ name: 'g', model: 'm' }],
    ...fields,
  });
  return {
    ...{ config, folder: folder.path('.'), out: folder.path('out'), languages: [], env: {} },
    ...{ offline: true, sandbox: 'auto', workers: null, signal: new AbortController().signal },
  };
}

/** Samples of tasks in all parts of the dataset, as somebody else published them. */
writeFileSync(
  folder.path('pool.jsonl'),
  ['a', 'b', 'b', 'd']
    .map((taskId) => `${JSON.stringify({ taskId, code: 'def f(x):\n    return 1\n' })}\n`)
    .join(''),
);

const idsOf = async (fields: Record<string, unknown>) =>
  (await readStudyTasks(studyOf(fields))).map(({ id }) => id);

describe('readStudyTasks', () => {
  it('reads a part of a dataset, from the folder of the study on', async () => {
    expect(await idsOf({ split: 'test' })).toEqual(['b', 'c']);
    expect(await idsOf({ split: 'test', maxTasks: 1 })).toEqual(['b']);
    expect(await idsOf({ split: 'validation' })).toEqual(['d']);
  });

  it('refuses a split of what is no dataset, and one without tasks', async () => {
    mkdirSync(folder.path('empty'));
    writeFileSync(folder.path('empty/data-card.json'), '{}');
    writeFileSync(join(folder.path('empty'), 'tasks.jsonl'), '');
    await expect(idsOf({ split: 'test', tasks: ['empty'] })).rejects.toThrow(
      'empty: no task in the split test',
    );
    await expect(idsOf({ split: 'test', tasks: ['bundled:python'] })).rejects.toMatchObject({
      code: 'usage',
      message: 'split: test: bundled:python is no dataset',
    });
  });

  it('refuses tasks that have no tests', async () => {
    writeFileSync(folder.path('untested.jsonl'), `${JSON.stringify({ ...taskOf('e'), tests: null })}\n`);
    await expect(idsOf({ tasks: ['untested.jsonl'] })).rejects.toThrow('task e has no tests');
  });
});

describe('countPools', () => {
  it('counts what a pool has for the tasks of the study, beside tasks that it leaves out', async () => {
    const generators = [{ name: 'g', pool: 'pool.jsonl' }];
    expect(await countPools(studyOf({ generators, split: 'test' }))).toEqual(new Map([['g', 2]]));
    expect(await countPools(studyOf({ generators, split: 'train', maxTasks: 1 }))).toEqual(
      new Map([['g', 1]]),
    );
  });
});
