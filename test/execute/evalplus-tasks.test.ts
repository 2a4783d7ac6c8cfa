import { afterAll, describe, expect, it } from 'vitest';
import type { Task } from '../../src/contracts/task.ts';
import { openExecutor } from '../../src/execute/open-executor.ts';
import { openSandbox } from '../../src/execute/sandbox/open-sandbox.ts';
import { evalplusFormat } from '../../src/tasks/formats/evalplus.ts';
import { problem, titled } from './attack-bench.ts';

const executor =
  problem === null ? openExecutor({ sandbox: await openSandbox('bubblewrap', process.env) }) : null;
afterAll(() => executor?.close());

/** The task of a record as EvalPlus writes it; inputs are JSON text, since that is what is at stake. */
async function taskOf(record: {
  readonly id: string;
  readonly name: string;
  readonly solution: string;
  readonly base: string;
  readonly plus?: string;
  readonly atol?: number;
}): Promise<Task> {
  const isMbpp = record.id.startsWith('Mbpp');
  const { name, base, plus = '[]' } = record;
  const header = `def ${name}(*args):\n    """ Doc.\n    """\n`;
  const fields = {
    task_id: record.id,
    prompt: isMbpp ? '"""\nDoc.\n"""\n' : header,
    entry_point: name,
    canonical_solution: isMbpp
      ? `\ndef ${name}(*args):\n    ${record.solution}\n`
      : `    ${record.solution}\n`,
    atol: record.atol ?? 0,
  };
  const text = `${JSON.stringify(fields).slice(0, -1)}, "base_input": ${base}, "plus_input": ${plus}}`;
  return evalplusFormat.toTask(
    { value: { ...fields, base_input: [], plus_input: [] }, text, line: 1 },
    { place: 'f:1', file: 'f', line: 1, projectFolder: null, filesBelow: async () => [] },
  );
}

async function run(task: Task, code: string) {
  if (executor === null) {
    throw new Error('no sandbox');
  }
  const { outcome, feedback } = await executor.execute({
    task,
    candidate: { id: 'c', code },
    signal: new AbortController().signal,
  });
  return { outcome, feedback };
}

async function outcomes(task: Task, bodies: readonly string[]) {
  const results = [];
  for (const body of bodies) {
    results.push((await run(task, `def ${task.entryPoint}(*args):\n    ${body}\n`)).outcome);
  }
  return results;
}

describe.skipIf(problem !== null)(titled('EvalPlus tasks in the sandbox'), () => {
  it('numbers are those of Python: large, float, not finite', async () => {
    const task = await taskOf({
      id: 'HumanEval/1',
      name: 'kind',
      solution: 'return [(type(x).__name__, str(x)) for x in args]',
      base: '[[1, 1.0, 12345678901234567890123, 1e400]]',
      plus: '[[NaN, -Infinity, true, null, "\\u00e9\\ud83d\\ude00\\"\\\\"]]',
    });
    expect(task.tests?.after).toContain('12345678901234567890123');
    expect(
      await outcomes(task, [
        'return [(type(x).__name__, str(x)) for x in args]',
        'return [(type(x).__name__, str(float(x))) for x in args]',
      ]),
    ).toEqual(['passed', 'failed']);
  });

  it('base inputs come first; feedback has input, expected and actual', async () => {
    const task = await taskOf({
      id: 'HumanEval/2',
      name: 'total',
      solution: 'return sum(args[0])',
      base: '[[[1, 2]]]',
      plus: '[[[4, 5, 6]]]',
    });
    expect(await run(task, 'def total(xs):\n    return xs[0] + xs[1]\n')).toMatchObject({
      outcome: 'failed',
      feedback: { input: expect.stringContaining('[4, 5, 6]'), expected: '15', actual: '9' },
    });
    expect(await run(task, 'def total(xs):\n    return 0\n')).toMatchObject({
      feedback: { input: expect.stringContaining('[1, 2]'), expected: '3', actual: '0' },
    });
  });

  it('a function that changes its arguments is judged by what it returns', async () => {
    const task = await taskOf({
      id: 'HumanEval/3',
      name: 'first',
      solution: 'return args[0][0]',
      base: '[[[3, 1]], [[7, 2]]]',
    });
    expect(await outcomes(task, ['return args[0].pop(0)', 'return args[0].pop()'])).toEqual([
      'passed',
      'failed',
    ]);
    const wrong = await run(task, 'def first(xs):\n    return xs.pop()\n');
    expect(wrong.feedback).toMatchObject({ input: expect.stringContaining('[3, 1]'), actual: '1' });
  });

  it('floats are close within 1e-6 where nothing is said, else within what is said', async () => {
    const half = { name: 'half', base: '[[1.0], [3.0]]' };
    const unset = await taskOf({ ...half, id: 'HumanEval/4', solution: 'return args[0] / 2' });
    expect(
      await outcomes(unset, [
        'return args[0] / 2 + 5e-7',
        'return args[0] / 2 + 1e-4',
        'return str(args[0] / 2)',
        'return float("nan")',
      ]),
    ).toEqual(['passed', 'failed', 'failed', 'failed']);
    const wide = await taskOf({ ...half, id: 'HumanEval/5', solution: 'return args[0] / 2', atol: 0.01 });
    expect(await outcomes(wide, ['return args[0] / 2 + 5e-3', 'return args[0] / 2 + 0.1'])).toEqual([
      'passed',
      'failed',
    ]);
    const list = await taskOf({ ...half, id: 'HumanEval/6', solution: 'return [args[0], 1 / 3]' });
    expect(
      await outcomes(list, [
        'return [args[0], 0.33333333]',
        'return (args[0], 1 / 3)',
        'return [args[0]]',
        'return 7',
      ]),
    ).toEqual(['passed', 'failed', 'failed', 'failed']);
    // Whole numbers must be equal.
    const whole = await taskOf({ ...half, id: 'HumanEval/7', solution: 'return 10 ** 12' });
    expect(await outcomes(whole, ['return 10 ** 12 + 1', 'return 1e12'])).toEqual(['failed', 'passed']);
  });

  it('any zero of a polynomial will do for HumanEval/32', async () => {
    const task = await taskOf({
      id: 'HumanEval/32',
      name: 'find_zero',
      solution: 'return 1.0',
      base: '[[[-6, 11, -6, 1]]]',
      atol: 0.0001,
    });
    expect(await outcomes(task, ['return 2.0', 'return 3.0', 'return 2.5', 'return None'])).toEqual([
      'passed',
      'passed',
      'failed',
      'failed',
    ]);
  });

  it('MBPP+: tuples restored, sets compared as sets, presence as presence, other readings allowed', async () => {
    const shared = await taskOf({
      id: 'Mbpp/2',
      name: 'similar_elements',
      solution: 'return tuple(set(args[0]) & set(args[1]))',
      base: '[[[3, 4, 5], [5, 4, 9]]]',
    });
    expect(shared.tests?.after).toContain('((3, 4, 5), (5, 4, 9)),');
    expect(
      await outcomes(shared, [
        'return [5, 4]',
        'return {4, 5}',
        'return (4,)',
        'return 3',
        'return args[0][:0] + (5, 4)',
      ]),
    ).toEqual(['passed', 'passed', 'failed', 'failed', 'passed']);

    const match = await taskOf({
      id: 'Mbpp/794',
      name: 'text_starta_endb',
      solution: 'import re; return re.search("^a.*b$", args[0])',
      base: '[["aabb"], ["ac"]]',
    });
    expect(
      await outcomes(match, [
        'return args[0][-1] == "b"',
        'return "yes" if args[0][-1] == "b" else None',
        'return args[0]',
        'return args[0][-1] == "c"',
      ]),
    ).toEqual(['passed', 'passed', 'failed', 'failed']);

    const divisors = await taskOf({ id: 'Mbpp/295', name: 'sum_div', solution: 'return 1', base: '[[7]]' });
    expect(await outcomes(divisors, ['return 0', 'return 1', 'return 2'])).toEqual([
      'passed',
      'passed',
      'failed',
    ]);
    const digits = await taskOf({
      id: 'Mbpp/558',
      name: 'digit_distance_nums',
      solution: 'return sum(map(int, str(abs(args[0] - args[1]))))',
      base: '[[19, 20]]',
    });
    expect(await outcomes(digits, ['return 1', 'return 10', 'return 5'])).toEqual([
      'passed',
      'passed',
      'failed',
    ]);
  });

  it('names of the candidate do not disturb the tests', async () => {
    const task = await taskOf({
      id: 'HumanEval/8',
      name: 'one',
      solution: 'return sum([1.0])',
      base: '[[]]',
    });
    const code =
      'def one(*args):\n    return 1.0\ndef sum(*x): return 5\ndef isinstance(*x): return False\ndef iter(*x): return 7\nreference = expected = len = None\n';
    expect((await run(task, code)).outcome).toBe('passed');
    expect((await run(task, code.replace('1.0', '2.0'))).outcome).toBe('failed');
  });
});

describe('EvalPlus records', () => {
  it('the tasks of MBPP+ show their words and share their problem with MBPP', async () => {
    const task = await taskOf({ id: 'Mbpp/2', name: 'f', solution: 'return 1', base: '[]' });
    expect(task).toMatchObject({
      id: 'mbpp-plus/python/2',
      problem: 'mbpp/2',
      description: 'Doc.',
      signature: 'def f(*args):',
      completion: { head: '' },
      tests: { before: '"""\nDoc.\n"""\n' },
    });
  });

  it.each([
    ['{"a": 1}', /base_input\[0\]: expected a list of arguments/],
    ['[1] garbage', /not JSON: unexpected/],
    [`${'['.repeat(600)}${']'.repeat(600)}`, /nested deeper than 500/],
  ])('refuses the input %.20s', async (input, message) => {
    await expect(
      taskOf({ id: 'HumanEval/0', name: 'f', solution: 'return 1', base: `[${input}]` }),
    ).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(message) });
  });
});
