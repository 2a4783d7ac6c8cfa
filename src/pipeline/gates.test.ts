import { afterAll, describe, expect, it } from 'vitest';
import { openExecutor } from '../execute/open-executor.ts';
import { describeSandbox, openSandbox } from '../execute/sandbox/open-sandbox.ts';
import { adhocTask } from '../tasks/adhoc-task.ts';
import { passGates } from './gates.ts';

const problem = (await describeSandbox(process.env)).problem;

const task = adhocTask({
  description: 'Return x plus one.',
  signature: 'def inc(x):',
  language: 'python',
  testsSource: 'assert inc(1) == 2\nassert inc(-1) == 0\n',
});

const executor = problem === null ? openExecutor({ sandbox: await openSandbox('auto', process.env) }) : null;
afterAll(() => executor?.close());

function pass(code: string, gates: ('parse' | 'compile' | 'tests')[], of = task) {
  return passGates({
    task: of,
    candidate: { id: 'c', code },
    gates,
    executor,
    signal: new AbortController().signal,
  });
}

describe.skipIf(problem !== null)(`gates${problem === null ? '' : ` (skipped: ${problem})`}`, () => {
  it('say what the tests saw, in the words of the failing call', async () => {
    const { rejected, execution } = await pass('def inc(x):\n    return x\n', ['tests']);
    expect(rejected).toEqual({ reason: 'gate-tests', detail: 'failed: inc(1) gave 1, expected 2' });
    expect(execution?.outcome).toBe('failed');
  });

  it('name the line of a runtime error', async () => {
    const { rejected } = await pass('def inc(x):\n    return y\n', ['tests']);
    expect(rejected?.detail).toMatch(/^runtime-error: line 2: NameError: /);
  });

  it('let pass what passes, with its execution', async () => {
    const { rejected, execution } = await pass('def inc(x):\n    return x + 1\n', ['compile', 'tests']);
    expect(rejected).toBeNull();
    expect(execution?.outcome).toBe('passed');
  });

  it('stop at the compiler, before any test', async () => {
    const { rejected, execution } = await pass('def inc(x):\n    return return\n', ['compile', 'tests']);
    expect(rejected).toMatchObject({ reason: 'gate-compile', detail: expect.stringContaining('line 2') });
    expect(execution).toBeNull();
  });
});

it('run nothing for the gate parse alone', async () => {
  const result = await passGates({
    task,
    candidate: { id: 'c', code: 'def inc(x): pass' },
    gates: ['parse'],
    executor: null,
    signal: new AbortController().signal,
  });
  expect(result).toEqual({ rejected: null, execution: null });
});

it('refuse the gate tests for a task without tests', async () => {
  await expect(pass('def inc(x): pass', ['tests'], { ...task, tests: null })).rejects.toMatchObject({
    code: 'usage',
  });
});
