import { describe, expect, it } from 'vitest';
import { faultOf } from '../../test/support/fault-of.ts';
import { TESTS, taskWith } from '../../test/support/python-candidate.ts';
import type { Task } from '../contracts/task.ts';
import { type ExecuteRequest, openExecutor } from './open-executor.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

const signal = new AbortController().signal;

describe('what is refused', () => {
  const sandbox: Sandbox = {
    kind: 'none',
    protections: [],
    hostEnv: {},
    run: () => Promise.reject(new Error('nothing may run')),
    start: () => {
      throw new Error('nothing may run');
    },
  };
  const { execute, compile } = openExecutor({ sandbox });
  const request = (task: Task): ExecuteRequest => ({ task, candidate: { id: 'c', code: 'x' }, signal });

  it('a task without tests', async () => {
    expect(await faultOf(execute(request(taskWith(null))))).toMatchObject({
      code: 'usage',
      message: 'task task has no tests to execute',
    });
  });

  it('a language without a runner, named', async () => {
    for (const language of ['c#', 'csharp']) {
      const error = await faultOf(execute(request(taskWith(TESTS, { language }))));
      expect(error.code).toBe('capability');
      expect(error.message).toBe('csharp cannot be executed: there is no runner for it');
      expect((await faultOf(compile(request(taskWith(null, { language }))))).code).toBe('capability');
    }
  });

  it('limits that are none', async () => {
    const error = await faultOf(execute({ ...request(taskWith(TESTS)), limits: { wallTimeMs: 0 } }));
    expect(error.code).toBe('usage');
  });
});
