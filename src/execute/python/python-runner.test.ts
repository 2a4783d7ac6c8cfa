import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem, titled } from '../../../test/execute/attack-bench.ts';
import { faultOf } from '../../../test/support/fault-of.ts';
import { runPython, TESTS, taskWith } from '../../../test/support/python-candidate.ts';
import type { TestProgram } from '../../contracts/task.ts';
import type { Limits } from '../limits.ts';
import { type Executor, openExecutor } from '../open-executor.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';

const signal = new AbortController().signal;

describe.skipIf(problem !== null)(titled('executing Python'), () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = openExecutor({ sandbox: await openSandbox('auto', process.env) });
  });
  afterAll(() => executor.close());
  const run = (code: string, program: Partial<TestProgram> = {}, limits: Partial<Limits> = {}) =>
    runPython(executor, code, program, limits);
  const compile = (code: string, program: TestProgram | null = TESTS) =>
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

  it('draws the same for the same seed, and tells no addresses', async () => {
    const drawnWith = async (seed: number) => {
      const code =
        'import random\ndef f(x):\n    return random.random(), sorted({"a", "b", "c"}, key=hash), object()';
      const task = taskWith(TESTS);
      const { feedback } = await executor.execute({ task, candidate: { id: 'c', code }, seed, signal });
      return feedback?.actual;
    };
    const first = await drawnWith(0);
    expect(first).toMatch(/^\(0\.\d+, \[.*\], <object object at 0x…>\)$/);
    expect(await drawnWith(0)).toBe(first);
    expect(await drawnWith(1)).not.toBe(first);
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
      task: taskWith(TESTS),
      candidate: { id: 'c', code: 'while True: pass' },
      signal: stop.signal,
    });
    stop.abort();
    expect((await faultOf(running)).code).toBe('aborted');
  });
});
