import { describe, expect, it } from 'vitest';
import { resolveLimits } from '../limits.ts';
import type { EndedBy, SandboxEnd } from '../sandbox/sandbox.ts';
import { compileReport, isTestFailure, runReport } from './java-report.ts';
import { programText } from './program-text.ts';
import type { Thrown } from './run-classes.ts';

// Lines 1 and 2 are the task's, 3 to 5 the candidate's, the rest the tests'.
const text = programText({
  code: 'static int f() {\n  return 1;\n}',
  tests: { before: 'import java.util.*;\nclass Problem {\n', after: 'void test() {\n  f();\n}\n}\n' },
});
const options = {
  limits: resolveLimits({ wallTimeMs: 500, memoryBytes: 1000 }),
  signal: new AbortController().signal,
};

describe('compileReport', () => {
  const error = (code: string, line: number, message = code) => ({
    code: `compiler.err.${code}`,
    offset: text.lineStart(line),
    message,
  });

  it('tells the first error that lies in the candidate', () => {
    const diagnostics = [error('not.def', 7), error('cant.resolve', 4), error('expected', 5)];
    expect(compileReport({ kind: 'errors', diagnostics }, text)).toMatchObject({
      outcome: 'compile-error',
      feedback: { kind: 'cant.resolve', line: 2, message: 'cant.resolve' },
    });
  });

  it('else its first error, and that it lies elsewhere', () => {
    const nowhere = { code: 'compiler.err.limit', offset: -1, message: 'too much' };
    expect(compileReport({ kind: 'errors', diagnostics: [nowhere, error('x', 7)] }, text)).toMatchObject({
      feedback: { kind: 'limit', line: null, message: 'outside the candidate: too much' },
    });
  });

  it('does not say that of what a class file has no room for', () => {
    const pool = { code: 'compiler.err.limit.pool', offset: 0, message: 'too many constants' };
    expect(compileReport({ kind: 'errors', diagnostics: [pool] }, text)).toMatchObject({
      feedback: { kind: 'limit.pool', line: null, message: 'too many constants' },
    });
  });

  it('blames the end of a candidate that leaves something open', () => {
    const open = programText({
      code: 'static int f() {\n  if (true) {',
      tests: { before: '', after: 'void test() { }\n}\n' },
    });
    const eof = {
      code: 'compiler.err.premature.eof',
      offset: open.source.length - 1,
      message: 'end of file',
    };
    expect(compileReport({ kind: 'errors', diagnostics: [eof] }, open)).toMatchObject({
      feedback: { kind: 'premature.eof', line: 2, message: 'end of file' },
    });
  });

  it.each([
    ['wall-time', 'the compiler came to no end'],
    ['memory', 'the compiler used too much memory'],
    ['nesting', 'too deeply nested for the compiler'],
    ['crash', 'the compiler broke down'],
  ] as const)('tells that the compiler did not finish: %s', (why, message) => {
    expect(compileReport({ kind: 'unfinished', why }, text)).toMatchObject({
      outcome: 'compile-error',
      feedback: { kind: why, line: null, message },
    });
  });
});

const thrown = (more: Partial<Thrown>): Thrown => ({
  type: 'exception',
  name: 'java.lang.IllegalStateException',
  messages: ['null'],
  frames: [],
  ...more,
});
const inTests = { className: 'Problem', line: 7 };
const inCandidate = { className: 'Problem', line: 4 };

describe('isTestFailure', () => {
  it.each<[string, boolean, Partial<Thrown>]>([
    ['an assertion', true, { type: 'assertion', frames: [inTests] }],
    [
      'what tests without assertions throw',
      true,
      {
        name: 'java.lang.Exception',
        messages: ['Exception -- test case 0 did not pass. x0 = 1'],
        frames: [inTests],
      },
    ],
    [
      'the same, thrown by the candidate',
      false,
      {
        name: 'java.lang.Exception',
        messages: ['Exception -- test case 0 did not pass. x0 = 1'],
        frames: [inCandidate, inTests],
      },
    ],
    [
      'another exception of the tests',
      false,
      { name: 'java.lang.RuntimeException', messages: ['out of luck'], frames: [inTests] },
    ],
    ['an exception from nowhere', false, { name: 'java.lang.Exception', messages: ['test case fail'] }],
  ])('%s: %s', (_, expected, more) => {
    expect(isTestFailure(thrown(more), text)).toBe(expected);
  });
});

describe('runReport', () => {
  const reportOf = (more: Partial<Thrown>) =>
    runReport({ kind: 'thrown', thrown: thrown(more), durationMs: 3 }, text, options);

  it('passes what returned', () => {
    expect(runReport({ kind: 'returned', durationMs: 3 }, text, options)).toEqual({
      outcome: 'passed',
      feedback: null,
      durationMs: 3,
    });
  });

  it('names type, line in the candidate, message and causes', () => {
    expect(reportOf({ frames: [inTests, inCandidate], messages: ['a', 'null', 'b'] })).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'IllegalStateException', line: 2, message: 'a, caused by: b' },
      durationMs: 3,
    });
    expect(reportOf({ name: 'Problem$Odd' }).feedback).toMatchObject({
      kind: 'Odd',
      line: null,
      message: '',
    });
  });

  it('tells failed tests and want of memory from other exceptions', () => {
    expect(reportOf({ type: 'assertion', name: 'java.lang.AssertionError' }).outcome).toBe('failed');
    expect(reportOf({ type: 'memory', name: 'java.lang.OutOfMemoryError' }).outcome).toBe('out-of-memory');
  });

  const ended = (more: Partial<SandboxEnd>, afterMain = false) => {
    const end = { exitCode: null, signal: null, stderr: Buffer.alloc(0), durationMs: 9 };
    return runReport({ kind: 'ended', end: { ...end, endedBy: 'exit', ...more }, afterMain }, text, options);
  };

  it.each<[EndedBy, string, string]>([
    ['wall-time', 'timeout', 'no result within 500 ms'],
    ['cpu-time', 'timeout', 'used too much CPU time'],
    ['memory', 'out-of-memory', 'used more than 1000 bytes of memory'],
    ['output', 'runtime-error', 'wrote without end'],
  ])('ended by %s: %s', (endedBy, outcome, message) => {
    expect(ended({ endedBy })).toMatchObject({
      outcome,
      feedback: { kind: endedBy, message },
      durationMs: 9,
    });
  });

  it('an exit before the end of main never passes', () => {
    expect(ended({ exitCode: 0 })).toMatchObject({
      outcome: 'exited-early',
      feedback: { kind: 'exit', message: 'exited with code 0 before main had returned' },
    });
    expect(ended({ exitCode: 3 }, true)).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'exit', message: 'exited with code 3 after main had returned' },
    });
  });

  it('tells what killed the machine', () => {
    expect(ended({ signal: 'SIGSEGV', stderr: Buffer.from('one\ntwo\n') })).toMatchObject({
      outcome: 'runtime-error',
      feedback: { kind: 'SIGSEGV', message: 'two' },
    });
    expect(ended({ exitCode: 134 })).toMatchObject({
      feedback: { kind: 'killed', message: 'ended before main had returned' },
    });
  });
});
