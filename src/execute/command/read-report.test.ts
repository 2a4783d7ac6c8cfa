import { describe, expect, it } from 'vitest';
import { commandRunnerSchema } from '../../contracts/command-runner.ts';
import { resolveLimits } from '../limits.ts';
import type { SandboxEnd } from '../sandbox/sandbox.ts';
import { buildProgram } from './build-program.ts';
import { readReport } from './read-report.ts';
import type { PhasesResult } from './run-phases.ts';

const config = commandRunnerSchema.parse({
  run: ['x', '{{file}}'],
  finished: 'print {{token}}',
  errors: {
    compile: ['^line (?<line>\\d+): (?<message>.*)$'],
    runtime: ['^(?<kind>\\w+Fault): (?<message>.*)$', '^at (?<line>\\d+)$'],
    assertion: ['^check failed at (?<line>\\d+)'],
    memory: ['^no memory'],
    testLine: '^check (?<input>.*) is (?<expected>.*)$',
  },
});
const program = buildProgram(
  config,
  '.x',
  {
    code: 'one\ntwo',
    tests: { before: 'before\n', after: 'check f(1) is 2' },
    task: { id: 't', entryPoint: 'f', signature: '', resources: null, metadata: {} },
  },
  'print TOKEN',
);

const end: SandboxEnd = {
  exitCode: 0,
  signal: null,
  stderr: Buffer.alloc(0),
  endedBy: 'exit',
  durationMs: 9,
};

function report(
  output: string,
  more: Partial<SandboxEnd & PhasesResult> = {},
  statement: string | null = 'print TOKEN',
) {
  const { compileStatus = 0, memoryKills = 0, ...ended } = more;
  const result = { compileStatus, memoryKills, output, durationMs: 5, end: { ...end, ...ended } };
  const limits = resolveLimits();
  const finish = statement === null ? null : { token: 'TOKEN', statement };
  return readReport(result, { errors: config.errors, program, finish, compileTimeMs: 60_000, limits });
}

describe('readReport', () => {
  it('passes what prints the token last and exits with 0', () => {
    expect(report('noise TOKEN\n\n')).toEqual({ outcome: 'passed', feedback: null, durationMs: 5 });
    expect(report('TOKEN', {}, 'TOKEN').outcome).toBe('passed');
  });

  it.each([
    ['exit code 0 without the token', '', {}],
    ['something after the token', 'TOKEN\nmore', {}],
    ['another token', 'TOKEM', {}],
    ['the program itself, printed', 'check f(1) is 2\nprint TOKEN\n', {}],
  ])('%s is exited-early', (_what, output, more) => {
    expect(report(output, more).outcome).toBe('exited-early');
  });

  it('does not believe the token of a program that fails', () => {
    expect(report('TOKEN', { exitCode: 1 })).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'exit-code-1', message: 'TOKEN' },
    });
  });

  it('goes by the exit code and the patterns where there is no token', () => {
    expect(report('', {}, null).outcome).toBe('passed');
    expect(report('check failed at 4', {}, null).outcome).toBe('failed');
    expect(report('TypeFault: x', {}, null).outcome).toBe('runtime-error');
  });

  it('reads input and expected value off the line of the tests that failed', () => {
    expect(report('check failed at 4', { exitCode: 1 })).toMatchObject({
      outcome: 'failed',
      feedback: { kind: 'assertion', line: null, input: 'f(1)', expected: '2', actual: null },
    });
  });

  it("names the candidate's own line of a stack, and none of the tests'", () => {
    expect(report('TypeFault: bad\nat 1\nat 3\nat 4', { exitCode: 1 }).feedback).toMatchObject({
      kind: 'TypeFault',
      message: 'bad',
      line: 2,
    });
    expect(report('TypeFault: bad\nat 4', { exitCode: 1 }).feedback?.line).toBeNull();
  });

  it('names signals', () => {
    expect(report('', { exitCode: 139 }).feedback?.kind).toBe('SIGSEGV');
  });

  it.each([
    ['wall-time', 'timeout'],
    ['cpu-time', 'timeout'],
    ['memory', 'out-of-memory'],
    ['output', 'runtime-error'],
  ] as const)('ended by %s: %s', (endedBy, outcome) => {
    // What it printed before does not matter.
    const said = report('TOKEN', { endedBy, exitCode: null });
    expect(said).toMatchObject({ outcome, feedback: { kind: endedBy } });
  });

  it('takes what the language says of memory', () => {
    expect(report('no memory', { exitCode: 1 }).outcome).toBe('out-of-memory');
  });

  it("tells compile errors with the candidate's line", () => {
    expect(report('line 3: bad', { compileStatus: 1 })).toMatchObject({
      outcome: 'compile-error',
      feedback: { kind: 'error', line: 2, message: 'bad' },
    });
    expect(report('line 4: bad', { compileStatus: 1 }).feedback?.line).toBeNull();
    expect(report('a\nlast words\n', { compileStatus: 7 }).feedback).toMatchObject({
      kind: 'exit-code-7',
      message: 'last words',
    });
  });

  it('tells compilers that did not get to their end', () => {
    expect(report('', { compileStatus: null, endedBy: 'wall-time' })).toMatchObject({
      outcome: 'timeout',
      feedback: { kind: 'wall-time', message: 'the compiler did not end within 60000 ms' },
    });
    expect(report('', { compileStatus: 1, memoryKills: 1 }).outcome).toBe('out-of-memory');
    expect(report('', { compileStatus: null, endedBy: 'memory' }).outcome).toBe('out-of-memory');
  });
});
