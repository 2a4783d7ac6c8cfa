import { describe, expect, it } from 'vitest';
import type { TaskInspection } from '../../contracts/inspection.ts';
import type { Task } from '../../contracts/task.ts';
import { inspectAll } from './inspect-all.ts';

const task = (id: number): Task => ({
  id: String(id),
  benchmark: 'b',
  language: 'python',
  description: 'd',
  signature: 'def f():',
  prompt: null,
  completion: null,
  entryPoint: 'f',
  tests: null,
  problem: null,
  canonical: null,
  resources: null,
  metadata: {},
});
const tasks = Array.from({ length: 10 }, (_, index) => task(index));
const kept = ({ id }: Task): TaskInspection => ({
  taskId: id,
  verdict: 'kept',
  reason: null,
  evidence: null,
  checks: [],
  repeats: [],
  warnings: [],
  referenceMs: null,
});
const never = new AbortController().signal;
/** Lets whatever is ready go on, several steps of it. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

describe('inspectAll', () => {
  it('gives results in the order of the tasks, whatever order they are ready in, with so many under way', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    const results = await inspectAll({
      tasks,
      workers: 3,
      signal: never,
      inspect: async (one) => {
        running += 1;
        most = Math.max(most, running);
        await turns(Number(one.id) % 3 === 0 ? 40 : 3);
        running -= 1;
        return kept(one);
      },
      onDone: (count) => done.push(count),
    });
    expect(results.map(({ taskId }) => taskId)).toEqual(tasks.map(({ id }) => id));
    expect(most).toBe(3);
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('stops at the first fault, and tells it', async () => {
    const started: string[] = [];
    const run = inspectAll({
      tasks,
      workers: 2,
      signal: never,
      inspect: async (one, signal) => {
        started.push(one.id);
        await turns(1);
        if (one.id === '1') throw new Error('broken');
        await turns(20);
        signal.throwIfAborted();
        return kept(one);
      },
    });
    await expect(run).rejects.toThrow('broken');
    expect(started).toEqual(['0', '1']);
  });

  it('is interrupted by its signal', async () => {
    const stop = new AbortController();
    const run = inspectAll({
      tasks,
      workers: 1,
      signal: stop.signal,
      inspect: async (one) => {
        if (one.id === '2') stop.abort();
        return kept(one);
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
  });

  it('has nothing to do without tasks', async () => {
    expect(
      await inspectAll({ tasks: [], workers: 2, signal: never, inspect: async (one) => kept(one) }),
    ).toEqual([]);
  });
});
