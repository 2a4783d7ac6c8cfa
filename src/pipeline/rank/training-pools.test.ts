import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { adhocTask } from '../../tasks/adhoc-task.ts';
import { readTrainingPools } from './training-pools.ts';

const folder = mkdtempSync(join(tmpdir(), 'codejury-training-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const task = (id: string, description: string, problem: string | null = null) => ({
  ...adhocTask({ description, signature: 'def f(x):', language: 'python' }),
  id,
  problem,
});

it('learns from training tasks, not from those that are ranked or are about the same', async () => {
  const tasks = [
    task('own', 'One.'),
    task('problem', 'Two.', 'p'),
    task('words', 'Three.'),
    task('twin of words', ' Three.\n'),
    task('other', 'Four.'),
  ];
  const lines = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  writeFileSync(
    join(folder, 'tasks.jsonl'),
    lines([
      ...tasks.map((each) => ({ split: 'train', task: each })),
      { split: 'test', task: task('held', 'Five.') },
    ]),
  );
  writeFileSync(
    join(folder, 'candidates.jsonl'),
    lines(
      [...tasks.map(({ id }) => id), 'held'].map((taskId) => ({
        taskId,
        split: taskId === 'held' ? 'test' : 'train',
        candidateId: `of ${taskId}`,
        code: 'def f(x):\n    return x',
        label: 1,
      })),
    ),
  );
  const ranked = [
    task('own', 'Changed.', 'own problem'),
    task('ranked', 'Six.', 'p'),
    task('more', 'Three.'),
  ];
  const { pools, labels, overlapping } = await readTrainingPools(folder, ranked);
  expect(pools.map((pool) => pool.task.id)).toEqual(['other']);
  expect([...labels.keys()]).toEqual(['of other']);
  expect(overlapping).toBe(4);
  await expect(readTrainingPools(folder, [...ranked, task('last', 'Four.')])).rejects.toThrow(
    /no training task is left/,
  );
});
