import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Execution } from '../contracts/execution.ts';
import type { Task, TestProgram } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import type { Limits } from './limits.ts';
import { type ExecuteRequest, type Executor, openExecutor } from './open-executor.ts';
import { describeSandbox, openSandbox } from './sandbox/open-sandbox.ts';
import type { Sandbox, SandboxEnd, SandboxProcess } from './sandbox/sandbox.ts';

const { problem } = await describeSandbox(process.env);
const title = (text: string) => (problem === null ? text : `${text} (skipped: ${problem})`);

function taskWith(tests: TestProgram | null, more: Partial<Task> = {}): Task {
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

const signal = new AbortController().signal;
const tests = { before: '', after: 'assert f(1) == 2\nassert f(5) == 6' };

async function faultOf(work: Promise<unknown>): Promise<CodejuryError> {
  const error = await work.catch((error: unknown) => error);
  if (error instanceof CodejuryError) return error;
  throw new Error('expected a fault', { cause: error });
}

describe.skipIf(problem !== null)(title('executing Python'), () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = openExecutor({ sandbox: await openSandbox('auto', process.env) });
  });
  afterAll(() => executor.close());
  const run = (
    code: string,
    program: Partial<TestProgram> = {},
    limits: Partial<Limits> = {},
  ): Promise<Execution> =>
    executor.execute({
      task: taskWith({ ...tests, ...program }),
      candidate: { id: 'c', code },
      limits,
      signal,
    });
  it('draws the same for the same seed, and tells no addresses', async () => {
    const drawnWith = async (seed: number) => {
      const code =
        'import random\ndef f(x):\n    return random.random(), sorted({"a", "b", "c"}, key=hash), object()';
      const task = taskWith(tests);
      const { feedback } = await executor.execute({ task, candidate: { id: 'c', code }, seed, signal });
      return feedback?.actual;
    };
    const first = await drawnWith(0);
    expect(first).toMatch(/^\(0\.\d+, \[.*\], <object object at 0x…>\)$/);
    expect(await drawnWith(0)).toBe(first);
    expect(await drawnWith(1)).not.toBe(first);
  });
  const compile = (code: string, program: TestProgram | null = tests) =>
    executor.compile({ task: taskWith(program), candidate: { id: 'c', code }, signal });

  it('passes', async () => {
    const execution = await run('def f(x):\n    return x + 1');
    expect(execution).toEqual({
      candidateId: 'c',
      outcome: 'passed',
      feedback: null,
      durationMs: expect.any(Number),
      attempts: 1,
    });
    expect(execution.durationMs).toBeGreaterThan(0);
  });

  it('fails with input, expected and actual of the first assertion that does not hold', async () => {
    const execution = await run('def f(x):\n    return 2 * x');
    expect(execution.outcome).toBe('failed');
    expect(execution.feedback).toEqual({
      kind: 'AssertionError',
      line: null,
      message: '',
      input: 'f(5)',
      expected: '6',
      actual: '10',
    });
  });

  const same = 'def f(*a, **k):\n    return a[0] if a else None';
  it.each([
    ['assert 3 == f(1), "three"', { input: 'f(1)', expected: '3', actual: '1', message: 'three' }],
    ['assert f(1) is None', { input: 'f(1)', expected: 'None', actual: '1' }],
    ['assert f(1) > 2', { input: 'f(1)', expected: '> 2', actual: '1' }],
    ['assert f(1) in (2, 3)', { input: 'f(1)', expected: 'in (2, 3)', actual: '1' }],
    ['assert abs(f(1.5) - 1) < 0.1', { input: 'abs(f(1.5) - 1)', expected: '< 0.1', actual: '0.5' }],
    ['assert not f(1)', { input: 'f(1)', expected: 'a false value', actual: '1' }],
    ['assert f(0)', { input: 'f(0)', expected: 'a true value', actual: '0' }],
    [
      'def check(g):\n    for n in [1, 2]:\n        assert g(n) == 1\ncheck(f)',
      { input: 'g(2)', expected: '1', actual: '2' },
    ],
    [
      'x = [1]\nassert f(*x, k=x) == [n + 1 for n in x]',
      { input: 'f(*[1], k=[1])', expected: '[2]', actual: '1' },
    ],
    ['assert (\n    f("é")\n    ==\n    "ü"\n)', { input: 'f("é")', expected: "'ü'", actual: "'é'" }],
    ['assert f("a" * 1000) == ""', { input: 'f("a" * 1000)', expected: "''" }],
    ['import unittest\nunittest.TestCase().assertEqual(f(1), 2)', { input: 'f(1)', message: '1 != 2' }],
  ])('explains %s', async (after, feedback) => {
    const execution = await run(same, { after });
    expect(execution.outcome).toBe('failed');
    expect(execution.feedback).toMatchObject(feedback);
    expect(execution.feedback?.actual?.length ?? 0).toBeLessThanOrEqual(400);
  });

  it('keeps the verdict when looking for the actual value never ends', async () => {
    const code = 'seen = []\ndef f(x):\n    seen.append(x)\n    while len(seen) > 1: pass';
    const execution = await run(code);
    expect(execution).toMatchObject({ outcome: 'failed', attempts: 1 });
  });

  it.each([
    [
      'runtime-error',
      'def f(x):\n    y = 0\n    return x / y',
      { kind: 'ZeroDivisionError', line: 3, input: 'f(1)' },
    ],
    [
      'runtime-error',
      'def g(x):\n    return x.y\n\ndef f(x):\n    return g(x)',
      { kind: 'AttributeError', line: 2 },
    ],
    [
      'runtime-error',
      'x = 1\nimport numpy\ndef f(x): pass',
      { kind: 'ModuleNotFoundError', line: 2, input: null },
    ],
    [
      'runtime-error',
      'def g(x): pass',
      { kind: 'NameError', line: null, message: "name 'f' is not defined" },
    ],
    [
      'compile-error',
      'def f(x):\n    return (x',
      { kind: 'SyntaxError', line: 2, message: "'(' was never closed" },
    ],
    ['compile-error', 'def f(x):\nreturn x', { kind: 'IndentationError', line: 2 }],
    ['out-of-memory', 'def f(x):\n    return "x" * 10**12', { kind: 'MemoryError', line: 2 }],
    ['exited-early', 'import sys\ndef f(x):\n    sys.exit()', { kind: 'exit', line: 3 }],
    [
      'failed',
      'def f(x):\n    assert x > 1, "too small"',
      { kind: 'AssertionError', line: 2, message: 'too small', input: 'f(1)' },
    ],
  ])('%s: %j', async (outcome, code, feedback) => {
    const execution = await run(code);
    expect(execution).toMatchObject({ outcome, attempts: 1, feedback });
  });

  it('tries a timeout once more', async () => {
    const execution = await run('def f(x):\n    while True: pass', {}, { wallTimeMs: 500 });
    expect(execution).toMatchObject({
      outcome: 'timeout',
      attempts: 2,
      feedback: { kind: 'wall-time', message: 'no result within 500 ms' },
    });
  });

  it('says when CPU time ran out', async () => {
    const execution = await run('def f(x):\n    while True: pass', {}, { cpuTimeMs: 1_000 });
    expect(execution).toMatchObject({ outcome: 'timeout', feedback: { kind: 'cpu-time' } });
  });

  it('joins tests that do not stand alone, and still counts the lines of the candidate', async () => {
    const around = { before: 'class A:\n    n = 0\n', after: 'assert A().f(1) == 2' };
    expect((await run('    def f(self, x):\n        return x + 1', around)).outcome).toBe('passed');
    const failed = await run('    def f(self, x):\n        return x / self.n', around);
    expect(failed).toMatchObject({ outcome: 'runtime-error', feedback: { line: 2, input: 'A().f(1)' } });
    const broken = await run('    def f(self, x):\n        return x +', around);
    expect(broken).toMatchObject({ outcome: 'compile-error', feedback: { line: 2 } });
  });

  it('gives candidate and tests one module __main__', async () => {
    const code = `from __future__ import annotations
from dataclasses import dataclass
import pickle, typing
@dataclass
class P:
    x: int
def f(x: int) -> P:
    assert typing.get_type_hints(P) == {"x": int}
    return pickle.loads(pickle.dumps(P(x)))
if __name__ == "__main__":
    ran = True`;
    const after = 'assert ran and f(1) == P(1) and __name__ == "__main__" and limit == 7';
    expect(await run(code, { before: 'limit = 7', after })).toMatchObject({ outcome: 'passed' });
  });

  it('gives the candidate the stack depth and the hashes of every run', async () => {
    const after = `
def depth(n):
    try: return depth(n + 1)
    except RecursionError: return n
assert f(0) == (hash("codejury"), depth(1))`;
    const hashes = await Promise.all(
      [1, 2].map(() => run('def f(x):\n    return hash("codejury")', { after })),
    );
    expect(hashes[0]?.feedback?.actual).toBe(hashes[1]?.feedback?.actual);
    expect(hashes[0]?.feedback?.actual).toMatch(/^-?\d+$/);
  });

  it('compiles without running', async () => {
    expect(await compile('import os\nos._exit(1)\ndef f(x): return undefined')).toBeNull();
    expect(await compile('def f(x): return x', null)).toBeNull();
    expect(await compile('def f(x):\n    return x +')).toMatchObject({ kind: 'SyntaxError', line: 2 });
    expect(await compile('def f(x):\n    return', { before: 'class A:\n', after: '' })).not.toBeNull();
  });

  it('stops when the signal fires', async () => {
    const stop = new AbortController();
    const running = executor.execute({
      task: taskWith(tests),
      candidate: { id: 'c', code: 'while True: pass' },
      signal: stop.signal,
    });
    stop.abort();
    expect((await faultOf(running)).code).toBe('aborted');
  });
});

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
      const error = await faultOf(execute(request(taskWith(tests, { language }))));
      expect(error.code).toBe('capability');
      expect(error.message).toBe('csharp cannot be executed: there is no runner for it');
      expect((await faultOf(compile(request(taskWith(null, { language }))))).code).toBe('capability');
    }
  });

  it('limits that are none', async () => {
    const error = await faultOf(execute({ ...request(taskWith(tests)), limits: { wallTimeMs: 0 } }));
    expect(error.code).toBe('usage');
  });
});

describe('a machinery that fails', () => {
  const end: SandboxEnd = {
    exitCode: 1,
    signal: null,
    stderr: Buffer.from('bwrap: no space left'),
    endedBy: 'exit',
    durationMs: 1,
  };
  /** Finds Python, then starts processes that say this to a request, one after another, and end when they have no more to say. */
  function scripted(processes: readonly (readonly string[])[]): Sandbox {
    const left = [...processes];
    return {
      kind: 'none',
      protections: [],
      hostEnv: {},
      run: async () => ({ ...end, exitCode: 0, stdout: Buffer.from('3.11.2\n') }),
      start: (): SandboxProcess => {
        const answers = [...(left.shift() ?? [])];
        const { promise: ended, resolve } = Promise.withResolvers<SandboxEnd>();
        let tell = (_chunk: Buffer): void => undefined;
        return {
          onStdout: (listener) => {
            tell = listener;
          },
          write: () => {
            const answer = answers.shift();
            if (answer === undefined) resolve(end);
            else tell(Buffer.from(answer));
          },
          closeStdin: () => undefined,
          kill: (endedBy) => resolve({ ...end, endedBy }),
          memoryKills: () => 0,
          ended,
        };
      },
    };
  }
  const run = (processes: readonly (readonly string[])[]) =>
    openExecutor({ sandbox: scripted(processes) }).execute({
      task: taskWith(tests),
      candidate: { id: 'c', code: 'x' },
      signal,
    });

  it('is tried once more, then reported as its own fault', async () => {
    expect(await run([])).toMatchObject({
      outcome: 'sandbox-error',
      attempts: 2,
      feedback: { kind: 'sandbox', message: 'the Python runner did not start: bwrap: no space left' },
    });
  });

  it('does not hide what the second run shows', async () => {
    expect(await run([[], ['5:ready,']])).toMatchObject({
      outcome: 'runtime-error',
      attempts: 2,
      feedback: { kind: 'runner-ended' },
    });
  });

  it('is not believed without the nonce', async () => {
    const forged = '60:6:+NONCE,6:+37524,7:+passed,1:-,1:-,1:-,1:-,1:-,1:-,5:+more,,';
    expect(await run([['5:ready,', forged]])).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'runner-ended' },
    });
  });
});
