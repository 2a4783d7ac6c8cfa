import { afterAll, describe, expect, it } from 'vitest';
import type { Task } from '../../src/contracts/task.ts';
import { openExecutor } from '../../src/execute/open-executor.ts';
import { openSandbox } from '../../src/execute/open-sandbox.ts';
import { listBundledTasks } from '../../src/tasks/bundled-tasks.ts';
import { problem, titled } from './attack-bench.ts';

/** Bodies that solve nothing; a task whose tests let one of them pass would teach a judge nonsense. */
const WRONG_BODIES = [
  'pass',
  'raise NotImplementedError',
  'return 0',
  'return ""',
  'return []',
  'return True',
];

// Those of other languages follow with their runners.
const tasks = (await listBundledTasks()).filter((task) => task.language === 'python');
const executor =
  problem === null ? openExecutor({ sandbox: await openSandbox('bubblewrap', process.env) }) : null;
afterAll(() => executor?.close());

async function outcome(task: Task, code: string) {
  if (executor === null) {
    throw new Error('no sandbox');
  }
  const execution = await executor.execute({
    task,
    candidate: { id: task.id, code },
    signal: new AbortController().signal,
  });
  return execution.outcome;
}

describe.skipIf(problem !== null)(titled('bundled tasks in the sandbox'), () => {
  it.each(tasks)('$id: the canonical solution passes, empty and constant bodies fail', async (task) => {
    expect(await outcome(task, task.canonical ?? '')).toBe('passed');
    for (const body of WRONG_BODIES) {
      expect(await outcome(task, `${task.signature}\n    ${body}\n`), body).toMatch(
        /^(failed|runtime-error)$/,
      );
    }
  });
});
