import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../contracts/execution.ts';
import { taskInspectionSchema } from '../../contracts/inspection.ts';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import type { Probe, ProbeKind } from '../../tasks/inspect/probe.ts';
import type { ExecutionRequest, Recorder } from '../execute/recorded-execution.ts';
import { type GivenCandidate, inspectTask } from './inspect-task.ts';

const task: Task = {
  id: 't',
  benchmark: 'b',
  language: 'python',
  description: 'd',
  signature: 'def f(a):',
  prompt: null,
  completion: null,
  entryPoint: 'f',
  tests: { before: '', after: 'assert f(1) == 1\nassert f(2) == 2\nassert f(3) == 3' },
  problem: null,
  canonical: 'right',
  resources: null,
  metadata: {},
};

const probe = (kind: ProbeKind, code: string): Probe => ({ kind, code, body: code });
const PROBES = [
  probe('empty', 'empty'),
  probe('dummy', 'none'),
  probe('dummy', 'zero'),
  probe('throwing', 'throw'),
  probe('extended', 'one'),
];

/** What comes out by code; a list = by seed. Unlisted programs fail. */
type Outcomes = Readonly<Record<string, Outcome | readonly Outcome[]>>;

const SOUND: Outcomes = { right: 'passed', throw: 'runtime-error' };

async function inspect(
  outcomes: Outcomes,
  options: {
    readonly task?: Partial<Task>;
    readonly given?: readonly GivenCandidate[];
    readonly probes?: readonly Probe[] | null;
    readonly runs?: number;
  } = {},
) {
  const log: string[] = [];
  const recorded = new Map<string, Outcome>();
  const run = async ({ candidate, seed }: ExecutionRequest) => {
    const known = outcomes[candidate.code] ?? 'failed';
    const outcome = typeof known === 'string' ? known : (known[seed] ?? 'failed');
    log.push(`${candidate.code}:${seed}`);
    return {
      candidateId: candidate.id,
      outcome,
      feedback:
        outcome === 'passed'
          ? null
          : {
              kind: 'E',
              line: null,
              message: `of ${candidate.code}`,
              input: null,
              expected: null,
              actual: null,
            },
      durationMs: 7,
      attempts: 1,
    };
  };
  const recorder: Recorder = {
    find: async () => null,
    execute: async (request) => {
      const execution = await run(request);
      recorded.set(request.candidate.code, execution.outcome);
      return execution;
    },
  };
  const result = await inspectTask({ ...task, ...options.task }, options.given ?? [], {
    recorder,
    repeater: { execute: run },
    probesOf: () => (options.probes === undefined ? PROBES : options.probes),
    limits: {},
    runs: options.runs ?? 5,
    signal: new AbortController().signal,
  });
  return { ...taskInspectionSchema.parse(result), log, recorded };
}

describe('a sound task', () => {
  it('is kept, with what every program showed', async () => {
    const result = await inspect(SOUND);
    expect(result).toMatchObject({
      taskId: 't',
      verdict: 'kept',
      reason: null,
      evidence: null,
      referenceMs: 7,
    });
    expect(result.checks.map(({ check, body, outcome }) => [check, body, outcome])).toEqual([
      ['reference', '', 'passed'],
      ['empty', 'empty', 'failed'],
      ['dummy', 'none', 'failed'],
      ['dummy', 'zero', 'failed'],
      ['throwing', 'throw', 'runtime-error'],
      ['extended', 'one', 'failed'],
    ]);
    expect(result.warnings).toEqual([]);
  });

  it('has a passing and a failing program repeated under other seeds, beside the record', async () => {
    const result = await inspect(SOUND, { runs: 3 });
    expect(result.repeats).toEqual([
      { check: 'reference', body: '', outcomes: ['passed', 'passed', 'passed'] },
      { check: 'dummy', body: 'none', outcomes: ['failed', 'failed', 'failed'] },
    ]);
    expect(result.log.slice(6)).toEqual(['right:1', 'right:2', 'none:1', 'none:2']);
    expect(result.recorded.size).toBe(6);
  });

  it('has nothing repeated when that is turned off', async () => {
    const result = await inspect(SOUND, { runs: 0 });
    expect([result.verdict, result.repeats]).toEqual(['kept', []]);
  });

  it('gives what comes later ten times the time of its solution', async () => {
    const limits: (number | null)[] = [];
    const recorder: Recorder = {
      find: async ({ candidate, measuredLimitMs }) => {
        limits.push(measuredLimitMs);
        const outcome = candidate.code === 'right' ? 'passed' : 'failed';
        return { candidateId: candidate.id, outcome, feedback: null, durationMs: 1_000, attempts: 1 };
      },
      execute: () => Promise.reject(new Error('all of it is on record')),
    };
    const tools = { recorder, repeater: recorder, probesOf: () => PROBES, limits: {}, runs: 0 };
    await inspectTask(task, [], { ...tools, signal: new AbortController().signal });
    expect(limits).toEqual([null, 10_000, 10_000, 10_000, 10_000, 10_000]);
  });
});

describe('a dropped task', () => {
  it.each<[string, Outcomes, string]>([
    ['reference-fails', { ...SOUND, right: 'failed' }, 'its own solution: failed: E: of right'],
    ['reference-fails', { ...SOUND, right: 'timeout' }, 'its own solution: timeout: E: of right'],
    ['empty-passes', { ...SOUND, empty: 'passed' }, '`empty` passes all tests'],
    ['dummy-passes', { ...SOUND, zero: 'passed' }, '`zero` passes all tests'],
    ['dummy-passes', { ...SOUND, none: 'passed', zero: 'passed' }, '`none`, `zero` pass all tests'],
    ['throwing-passes', { ...SOUND, throw: 'passed' }, '`throw` passes all tests'],
    [
      'flaky',
      { ...SOUND, right: ['passed', 'passed', 'failed', 'passed', 'passed'] },
      'its own solution: passed 4 times, failed once',
    ],
    [
      'flaky',
      { ...SOUND, none: ['failed', 'failed', 'passed', 'passed', 'timeout'] },
      '`none`: failed 2 times, passed 2 times, timeout once',
    ],
  ])('%s', async (reason, outcomes, evidence) => {
    expect(await inspect(outcomes)).toMatchObject({ verdict: 'dropped', reason, evidence });
  });

  it('whose tests never compile, where nothing shows that they do', async () => {
    const outcomes: Outcomes = {
      throw: 'compile-error',
      none: 'compile-error',
      zero: 'compile-error',
      empty: 'compile-error',
    };
    expect(await inspect(outcomes, { task: { canonical: null } })).toMatchObject({
      reason: 'tests-do-not-compile',
      evidence: '`throw`: compile-error: E: of throw',
    });
    const compiling = await inspect({ ...outcomes, right: 'passed' });
    expect([compiling.verdict, compiling.warnings[0]?.kind]).toEqual(['kept', 'probe-does-not-compile']);
  });

  it('has the first reason in the order of the checks, and all its probes run, but nothing repeated', async () => {
    const all: Outcomes = {
      right: 'failed',
      empty: 'passed',
      none: 'passed',
      throw: 'passed',
      one: 'passed',
    };
    const order = [];
    for (const repaired of [
      {},
      { right: 'passed' },
      { empty: 'failed' },
      { none: 'failed' },
      { throw: 'runtime-error' },
    ]) {
      Object.assign(all, repaired);
      const result = await inspect(all);
      order.push(result.reason);
      expect(result.checks).toHaveLength(6);
      expect(result.repeats).toHaveLength(result.reason === null ? 2 : 0);
    }
    expect(order).toEqual(['reference-fails', 'empty-passes', 'dummy-passes', 'throwing-passes', null]);
  });

  it('is not flaky because the sandbox failed', async () => {
    const result = await inspect({
      ...SOUND,
      right: ['passed', 'sandbox-error', 'passed', 'passed', 'passed'],
    });
    expect(result.verdict).toBe('kept');
  });
});

describe('a task nothing can be said of', () => {
  it.each<[string, Outcomes, Parameters<typeof inspect>[1]]>([
    ['no-tests', SOUND, { task: { tests: null } }],
    ['nothing-to-run', SOUND, { task: { canonical: null }, probes: null }],
    ['sandbox-error', { ...SOUND, none: 'sandbox-error' }, {}],
  ])('%s', async (reason, outcomes, options) => {
    const result = await inspect(outcomes, options);
    expect([result.verdict, result.reason]).toEqual(['not-inspected', reason]);
  });

  it('needs what its runner lacks', async () => {
    const fault = new CodejuryError('capability', 'task t needs files');
    const recorder: Recorder = { find: async () => null, execute: () => Promise.reject(fault) };
    const tools = { recorder, repeater: recorder, probesOf: () => PROBES, limits: {}, runs: 5 };
    const signal = new AbortController().signal;
    expect(await inspectTask(task, [], { ...tools, signal })).toMatchObject({
      verdict: 'not-inspected',
      reason: 'cannot-run',
      evidence: 'task t needs files',
    });
    const broken: Recorder = {
      ...recorder,
      execute: () => Promise.reject(new CodejuryError('sandbox', 'none')),
    };
    await expect(inspectTask(task, [], { ...tools, recorder: broken, signal })).rejects.toThrow('none');
  });

  it('but a fault that was seen drops it also when the sandbox failed elsewhere', async () => {
    const result = await inspect({ ...SOUND, none: 'sandbox-error', zero: 'passed' });
    expect([result.verdict, result.reason]).toEqual(['dropped', 'dummy-passes']);
  });
});

describe('given candidates', () => {
  const given = (code: string, passed: boolean | null = null): GivenCandidate => ({ code, passed });

  it('stand in for a solution, and for a program that fails', async () => {
    const result = await inspect(
      { ...SOUND, good: 'passed', throw: 'compile-error' },
      { task: { canonical: null }, given: [given('bad'), given('broken'), given('good')], runs: 2 },
    );
    expect(result.verdict).toBe('kept');
    expect(result.log.filter((line) => line.endsWith(':0')).slice(0, 3)).toEqual([
      'bad:0',
      'broken:0',
      'good:0',
    ]);
    expect(result.repeats.map(({ check, outcomes }) => [check, outcomes])).toEqual([
      ['given', ['passed', 'passed']],
      ['given', ['failed', 'failed']],
    ]);
    expect(result.referenceMs).toBeNull();
  });

  it('are run only as long as one that passes or one that fails is missing, by their labels', async () => {
    const { log } = await inspect(
      { ...SOUND, good: 'passed' },
      {
        task: { canonical: null },
        given: [given('bad', false), given('worse', false), given('good', true), given('better', true)],
        runs: 0,
      },
    );
    expect(log.slice(0, 3)).toEqual(['good:0', 'bad:0', 'empty:0']);
  });

  it('that do not pass leave the task without a known solution', async () => {
    const { verdict, warnings } = await inspect({}, { task: { canonical: null }, given: [given('bad')] });
    expect(verdict).toBe('kept');
    expect(warnings).toEqual([{ kind: 'no-solution', detail: 'the given candidate does not pass' }]);
  });
});

describe('warnings', () => {
  it.each<[string, string, Outcomes, Parameters<typeof inspect>[1]]>([
    ['extended-passes', '`one` passes all tests', { ...SOUND, one: 'passed' }, {}],
    ['few-assertions', '1 found', SOUND, { task: { tests: { before: '', after: 'assert f(1) == 1' } } }],
    ['no-solution', 'none is known', SOUND, { task: { canonical: null } }],
    ['no-probes', 'only solution and flakiness were checked', SOUND, { probes: null }],
    ['no-dummy-ran', '`none`, `zero`', { ...SOUND, none: 'compile-error', zero: 'compile-error' }, {}],
  ])('%s: %s', async (kind, detail, outcomes, options) => {
    const { verdict, warnings } = await inspect(outcomes, options);
    expect([verdict, warnings]).toEqual(['kept', [{ kind, detail }]]);
  });
});
