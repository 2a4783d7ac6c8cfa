import type { CommandRunnerConfig } from '../../contracts/command-runner.ts';
import type { Feedback, Outcome } from '../../contracts/execution.ts';
import type { RunReport } from '../language-runner.ts';
import type { Limits } from '../limits.ts';
import type { ProgramFile } from './build-program.ts';
import { type ErrorMatch, matchErrors } from './match-errors.ts';
import type { PhasesResult } from './run-phases.ts';

export interface ReportContext {
  readonly errors: CommandRunnerConfig['errors'];
  readonly program: ProgramFile;
  /** What the end of the tests prints, and the statement that does; null where exit code 0 has to do. */
  readonly finish: { readonly token: string; readonly statement: string } | null;
  readonly compileTimeMs: number;
  readonly limits: Limits;
}

/** Longest text of one field of a feedback, in UTF-16 code units. */
const FIELD_LENGTH = 1_000;

/**
 * The verdict on a candidate from what its commands did. A driver that was killed before it could say whether the candidate
 * compiles counts as killed for want of time or memory: the caller has ruled out everything else.
 */
export function readReport(result: PhasesResult, context: ReportContext): RunReport {
  const { errors, limits, finish } = context;
  const { end, output, durationMs, compileStatus } = result;
  const report = (outcome: Outcome, feedback: Partial<Feedback>): RunReport => ({
    outcome,
    feedback: outcome === 'passed' ? null : complete(outcome, feedback),
    durationMs,
  });
  if (compileStatus !== 0) return report(...compileFault(result, context));
  switch (end.endedBy) {
    case 'wall-time':
      return report('timeout', { kind: 'wall-time', message: `no result within ${limits.wallTimeMs} ms` });
    case 'cpu-time':
      return report('timeout', {
        kind: 'cpu-time',
        message: `used more than ${limits.cpuTimeMs} ms of CPU time`,
      });
    case 'memory':
      return report('out-of-memory', memoryFeedback(limits));
    case 'output':
      return report('runtime-error', {
        kind: 'output',
        message: `printed more than ${limits.outputBytes} bytes`,
      });
    default:
      break;
  }
  const hasPassed = end.exitCode === 0 && (finish === null || saysFinished(output, finish));
  if (hasPassed && finish !== null) return report('passed', {});
  const assertion = matchErrors(errors.assertion, output);
  if (assertion !== null) return report('failed', assertionFeedback(assertion, context));
  if (matchErrors(errors.memory, output) !== null) return report('out-of-memory', memoryFeedback(limits));
  const fault = matchErrors(errors.runtime, output);
  if (fault !== null) {
    const line = fault.lines.map(context.program.candidateLine).find((own) => own !== null) ?? null;
    return report('runtime-error', { ...withoutNulls(fault), line });
  }
  if (hasPassed) return report('passed', {});
  return end.exitCode === 0
    ? report('exited-early', { kind: 'exit', message: 'exit code 0 before the tests had finished' })
    : report('runtime-error', { kind: exitKind(end.exitCode), message: lastLine(output) });
}

/** A program that an interpreter reads line by line may print the rest of itself: the statement, not what that prints. */
function saysFinished(output: string, { token, statement }: NonNullable<ReportContext['finish']>): boolean {
  const [said, asked] = [output.trimEnd(), statement.trim()];
  return said.endsWith(token) && (asked === token || !said.endsWith(asked));
}

function compileFault(
  { end, output, memoryKills, compileStatus }: PhasesResult,
  { errors, limits, compileTimeMs, program }: ReportContext,
): [Outcome, Partial<Feedback>] {
  if (end.endedBy === 'wall-time') {
    return ['timeout', { kind: 'wall-time', message: `the compiler did not end within ${compileTimeMs} ms` }];
  }
  if (compileStatus === null || memoryKills > 0) return ['out-of-memory', memoryFeedback(limits)];
  const fault = matchErrors(errors.compile, output);
  const [line] = fault?.lines ?? [];
  return [
    'compile-error',
    fault === null
      ? { kind: exitKind(compileStatus), message: lastLine(output) }
      : { ...withoutNulls(fault), line: line === undefined ? null : program.candidateLine(line) },
  ];
}

/** Input and expected value may have to be read off the line of the tests that failed. */
function assertionFeedback(match: ErrorMatch, { errors, program }: ReportContext): Partial<Feedback> {
  const line = match.lines.map(program.candidateLine).find((own) => own !== null) ?? null;
  const testLine = testLineOf(match, program);
  const text = testLine === null ? undefined : program.text.split('\n')[testLine - 1];
  const said = errors.testLine === null || text === undefined ? null : matchErrors([errors.testLine], text);
  return { ...withoutNulls(said), ...withoutNulls(match), line };
}

/** The line of the program file with the assertion that failed; null when the output does not tell. */
export function failedTestLine(output: string, { errors, program }: ReportContext): number | null {
  const match = matchErrors(errors.assertion, output);
  return match === null ? null : testLineOf(match, program);
}

function testLineOf({ lines }: ErrorMatch, program: ProgramFile): number | null {
  return lines.find((line) => program.candidateLine(line) === null) ?? null;
}

function withoutNulls(match: ErrorMatch | null): Partial<Feedback> {
  if (match === null) return {};
  const { lines: _, ...fields } = match;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function complete(outcome: Outcome, feedback: Partial<Feedback>): Feedback {
  const clip = (text: string | null | undefined) =>
    text == null ? null : text.trim().slice(0, FIELD_LENGTH);
  return {
    kind: clip(feedback.kind) || DEFAULT_KINDS[outcome] || outcome,
    line: feedback.line ?? null,
    message: clip(feedback.message) ?? '',
    input: clip(feedback.input),
    expected: clip(feedback.expected),
    actual: clip(feedback.actual),
  };
}

const DEFAULT_KINDS: Partial<Record<Outcome, string>> = {
  failed: 'assertion',
  'compile-error': 'error',
  'runtime-error': 'error',
};

function memoryFeedback({ memoryBytes }: Limits): Partial<Feedback> {
  return { kind: 'memory', message: `used more than ${memoryBytes} bytes of memory` };
}

/** Exit statuses above 128 are signals, as shells and sandboxes report them. */
const SIGNALS: Readonly<Record<number, string>> = {
  132: 'SIGILL',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  153: 'SIGXFSZ',
  159: 'SIGSYS',
};

function exitKind(exitCode: number | null): string {
  if (exitCode === null) return 'signal';
  return SIGNALS[exitCode] ?? `exit-code-${exitCode}`;
}

function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
