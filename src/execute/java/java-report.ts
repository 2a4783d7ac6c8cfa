import type { Feedback, Outcome } from '../../contracts/execution.ts';
import type { RunOptions, RunReport } from '../language-runner.ts';
import type { SandboxEnd } from '../sandbox/sandbox.ts';
import type { Compiled, Diagnostic } from './java-compiler.ts';
import type { ProgramText } from './program-text.ts';
import type { JavaEnd, Thrown } from './run-classes.ts';

/** How tests without assertions say that one of theirs did not hold (MBXP throws an exception of its own). */
const TEST_FAILURE = /\btest case\b.*\b(?:did not pass|fail)/i;

/** What the tests of a benchmark throw by themselves; a candidate's own exceptions have other types or other places. */
export const PLAIN_EXCEPTIONS = ['java.lang.Exception', 'java.lang.RuntimeException'];

/**
 * What the compiler did not like: its first error that lies in the candidate, else its first. Of a candidate that leaves something open
 * the compiler complains where the tests go on; that is at the candidate's end.
 */
export function compileReport(
  compiled: Exclude<Compiled, { kind: 'classes' }>,
  text: ProgramText,
): RunReport {
  if (compiled.kind === 'unfinished') {
    const message = {
      'wall-time': 'the compiler came to no end',
      memory: 'the compiler used too much memory',
      nesting: 'too deeply nested for the compiler',
      crash: 'the compiler broke down',
    };
    return report('compile-error', { kind: compiled.why, message: message[compiled.why] });
  }
  const placed = compiled.diagnostics.map((diagnostic) => ({ diagnostic, line: lineOf(diagnostic, text) }));
  const { diagnostic, line } = placed.find((entry) => entry.line !== null) ?? {
    diagnostic: placed[0]?.diagnostic,
    line: text.unclosedLine(),
  };
  const kind = diagnostic?.code.replace(/^compiler\.err\./, '') ?? 'compile-error';
  // What a class file has no room for is told of the class, whoever wrote most of it.
  const isElsewhere = diagnostic !== undefined && line === null && !kind.startsWith('limit.');
  return report('compile-error', {
    kind,
    line,
    message: (isElsewhere ? 'outside the candidate: ' : '') + (diagnostic?.message ?? ''),
  });
}

function lineOf({ offset }: Diagnostic, text: ProgramText): number | null {
  return offset < 0 ? null : text.ownLine(text.lineAt(offset));
}

/** How a program ended, as a report; what a failing test expected comes later. */
export function runReport(end: JavaEnd, text: ProgramText, { limits }: RunOptions): RunReport {
  switch (end.kind) {
    case 'returned':
      return { outcome: 'passed', feedback: null, durationMs: end.durationMs };
    case 'thrown':
      return thrownReport(end.thrown, text, end.durationMs);
    case 'ended':
      return endedReport(end.end, end.afterMain, limits.wallTimeMs, limits.memoryBytes);
  }
}

/** Whether the tests themselves threw, to say that one of them did not hold. */
export function isTestFailure({ type, name, messages, frames }: Thrown, text: ProgramText): boolean {
  if (type === 'assertion') return true;
  const inTests = frames[0] !== undefined && text.ownLine(frames[0].line) === null;
  return inTests && PLAIN_EXCEPTIONS.includes(name) && TEST_FAILURE.test(messages[0] ?? '');
}

function thrownReport(thrown: Thrown, text: ProgramText, durationMs: number): RunReport {
  const { type, name, messages, frames } = thrown;
  const line = frames.map((frame) => text.ownLine(frame.line)).find((own) => own !== null) ?? null;
  const message = messages.filter((one) => one !== 'null').join(', caused by: ');
  const outcome: Outcome =
    type === 'memory' ? 'out-of-memory' : isTestFailure(thrown, text) ? 'failed' : 'runtime-error';
  return { ...report(outcome, { kind: name.replace(/^.*[.$]/, ''), line, message }), durationMs };
}

function endedReport(
  { endedBy, exitCode, signal, stderr, durationMs }: SandboxEnd,
  afterMain: boolean,
  wallTimeMs: number,
  memoryBytes: number,
): RunReport {
  const when = afterMain ? 'after main had returned' : 'before main had returned';
  const made = (outcome: Outcome, kind: string, message: string): RunReport => ({
    ...report(outcome, { kind, message }),
    durationMs,
  });
  switch (endedBy) {
    case 'wall-time':
      return made('timeout', 'wall-time', `no result within ${wallTimeMs} ms`);
    case 'cpu-time':
      return made('timeout', 'cpu-time', 'used too much CPU time');
    case 'memory':
      return made('out-of-memory', 'memory', `used more than ${memoryBytes} bytes of memory`);
    case 'output':
      return made('runtime-error', 'output', 'wrote without end');
    default:
      if (exitCode === 0) return made('exited-early', 'exit', `exited with code 0 ${when}`);
      return exitCode === null || exitCode > 128
        ? made(
            'runtime-error',
            signal ?? 'killed',
            stderr.toString().trim().split('\n').at(-1) || `ended ${when}`,
          )
        : made('runtime-error', 'exit', `exited with code ${exitCode} ${when}`);
  }
}

function report(
  outcome: Outcome,
  feedback: Partial<Feedback> & Pick<Feedback, 'kind' | 'message'>,
): RunReport {
  return {
    outcome,
    feedback: { line: null, input: null, expected: null, actual: null, ...feedback },
    durationMs: 0,
  };
}
