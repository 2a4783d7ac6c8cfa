import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { createTaskIndex } from '../../tasks/task-index.ts';
import { readScores } from './read-scores.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-scores-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const task = (id: string) => ({
  ...adhocTask({ description: 'Do.', signature: 'def f():', language: 'python' }),
  id,
});
const tasks = createTaskIndex([task('one'), task('two')]);
const samples = new Map(
  ['a', 'b', 'a', 'c'].map((letter, number) => [
    number,
    { taskId: number < 3 ? 'one' : 'two', sampleId: `stands ${letter}`, candidateId: letter },
  ]),
);
function read(text: string, isPartial = false) {
  const path = join(folder, 'scores.jsonl');
  writeFileSync(path, text);
  return readScores(path, { samples, tasks, isPartial });
}
const lines = (...records: readonly object[]) =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('readScores', () => {
  it('takes numbers by two names, ids of candidates and of samples as they stand', async () => {
    const given = lines(
      { candidateId: 'a', score: 0.5, index: 2, taskId: 'one' },
      { sample: 0, score: 0.5 },
      { index: 1, sample: 1, score: -3 },
      { candidateId: 'stands c', score: 1e9 },
    );
    expect(await read(given)).toEqual(new Map([0, 2, 1, 3].map((key, at) => [key, [0.5, 0.5, -3, 1e9][at]])));
    expect(await read(lines({ sample: 0, score: null }, { sample: 1, score: 1 }))).toEqual(new Map([[1, 1]]));
  });

  it.each([
    [
      'a number that is none',
      '{"sample": 0, "score": 1}\n{"sample": 1, "score": NaN}\n',
      /:2: score: .*received NaN/,
    ],
    ['infinity', '{"sample": 1, "score": -Infinity}\n', /:1: score: .*received -Infinity/],
    ['a text', lines({ sample: 0, score: '0.5' }), /:1: score: expected number, received "0.5"/],
    ['nothing', lines({ sample: 0 }), /:1: score: expected number, received nothing/],
    ['a score of nothing', lines({ score: 1 }), /:1: expected "sample", "index" or "candidateId"/],
    ['a number beyond the pool', lines({ index: 4, score: 1 }), /:1: there is no sample 4, the last is 3/],
    ['an unknown id', lines({ candidateId: 'd', score: 1 }), /:1: there is no candidate d among the samples/],
    [
      'an unknown id without a score',
      lines({ candidateId: 'd', score: null }),
      /:1: there is no candidate d/,
    ],
    ['two numbers', lines({ sample: 0, index: 1, score: 1 }), /:1: "sample" is 0 and "index" 1/],
    [
      'a number of another candidate',
      lines({ sample: 1, candidateId: 'a', score: 1 }),
      /sample 1 is not .* a/,
    ],
    [
      'another task',
      lines({ sample: 3, taskId: 'one', score: 1 }),
      /:1: this is a sample of two, not of one/,
    ],
    ['an unknown task', lines({ sample: 3, taskId: 'three', score: 1 }), /:1: .*three/],
    [
      'lines that contradict each other',
      lines({ candidateId: 'a', score: 1 }, { sample: 1, score: 2 }, { candidateId: 'a', score: 2 }),
      /:3: the score 2 of sample 0, which is 1 in .*:1/,
    ],
    [
      'an id and a number that do',
      lines({ candidateId: 'a', score: 1 }, { sample: 2, score: null }),
      /:2: the score null of sample 2, which is 1 in .*:1/,
    ],
    ['no score', lines({ sample: 0, score: null }), /holds no score of what is ranked/],
  ])('refuses %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  it.each([
    ['{"sample": 1, "score": NaN}\n', 'write null'],
    [lines({ sample: 0, index: 1, score: 1 }), 'leave one of them out'],
    [lines({ score: 1 }), '"sample": 17'],
  ])('says what to do about %s', async (text, hint) => {
    await expect(read(text)).rejects.toMatchObject({ hint: expect.stringContaining(hint) });
  });

  it('does not look at other tasks where only some are ranked, but for one at least', async () => {
    const others = lines({ sample: 9, score: 1 }, { candidateId: 'd', score: 1 });
    expect(await read(lines({ sample: 1, score: 2 }) + others, true)).toEqual(new Map([[1, 2]]));
    await expect(read(others, true)).rejects.toThrow('holds no score of what is ranked');
  });
});
