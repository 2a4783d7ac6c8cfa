import type { Execution } from '../../src/contracts/execution.ts';
import type { Task, TestProgram } from '../../src/contracts/task.ts';
import type { Limits } from '../../src/execute/limits.ts';
import type { Executor } from '../../src/execute/open-executor.ts';

/** Two assertions on `f`, which adds one. */
export const TESTS: TestProgram = { before: '', after: 'assert f(1) == 2\nassert f(5) == 6' };

/** A task for the Python function `f`, with these tests. */
export function taskWith(tests: TestProgram | null, more: Partial<Task> = {}): Task {
  return {
    id: 'task',
    benchmark: 'adhoc',
    language: 'python',
    description: 'adds one',
    signature: 'def f(x):',
    prompt: null,
    completion: null,
    entryPoint: 'f',
    tests,
    problem: null,
    canonical: null,
    resources: null,
    metadata: {},
    ...more,
  };
}

/** Runs a candidate for `f` against TESTS, but for the parts that are given. */
export function runPython(
  executor: Executor,
  code: string,
  program: Partial<TestProgram> = {},
  limits: Partial<Limits> = {},
): Promise<Execution> {
  return executor.execute({
    task: taskWith({ ...TESTS, ...program }),
    candidate: { id: 'c', code },
    limits,
    signal: new AbortController().signal,
  });
}
