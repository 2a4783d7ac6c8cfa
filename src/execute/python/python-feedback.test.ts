import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem, titled } from '../../../test/execute/attack-bench.ts';
import { runPython } from '../../../test/support/python-candidate.ts';
import type { TestProgram } from '../../contracts/task.ts';
import { type Executor, openExecutor } from '../open-executor.ts';
import { openSandbox } from '../sandbox/open-sandbox.ts';

describe.skipIf(problem !== null)(titled('executing Python'), () => {
  let executor: Executor;
  beforeAll(async () => {
    executor = openExecutor({ sandbox: await openSandbox('auto', process.env) });
  });
  afterAll(() => executor.close());
  const run = (code: string, program: Partial<TestProgram> = {}) => runPython(executor, code, program);

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
});
