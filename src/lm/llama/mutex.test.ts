import { expect, test } from 'vitest';
import { createMutex } from './mutex.ts';

test('tasks run one at a time, in order, also after one that fails', async () => {
  const mutex = createMutex();
  const events: string[] = [];
  const task = (name: string, fails: boolean) =>
    mutex(async () => {
      events.push(`${name} begins`);
      await Promise.resolve();
      events.push(`${name} ends`);
      if (fails) {
        throw new Error(name);
      }
      return name;
    });
  const results = await Promise.allSettled([task('a', false), task('b', true), task('c', false)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(events).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
