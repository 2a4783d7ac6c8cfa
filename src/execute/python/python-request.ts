import { randomBytes } from 'node:crypto';
import type { Outcome } from '../../contracts/execution.ts';
import type { TestProgram } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import type { RunOptions, RunReport } from '../language-runner.ts';
import { greetSession } from '../session/greet-session.ts';
import { encodeNetstring } from '../session/netstrings.ts';
import { LONGEST_ANSWER_BYTES, type Session } from '../session/session.ts';
import { readPythonVerdict } from './python-verdict.ts';

/** One candidate for a Python server. */
export interface PythonRequest {
  readonly mode: 'run' | 'compile';
  readonly tests: TestProgram;
  readonly code: string;
  /** Path and content of what has to lie in the working folder. */
  readonly files: readonly (readonly [path: string, content: string])[];
  readonly options: RunOptions;
}

/**
 * Has a server run a candidate.
 *
 * @returns null when the server is out of order and had others before, who may be the reason: then nothing is known of this
 *   candidate, and the session is closed.
 * @throws {CodejuryError} `sandbox` when the server does not start or cannot write the files, `aborted`.
 */
export async function askPython(session: Session, request: PythonRequest): Promise<RunReport | null> {
  const { limits, signal } = request.options;
  const isFresh = session.asked === 0;
  if (isFresh) await greetSession(session, 'Python runner', signal);
  const killsBefore = session.memoryKills();
  const nonce = randomBytes(16).toString('hex');
  const answer = await session.ask(fieldsOf(request, nonce), {
    parts: 1,
    wallTimeMs: limits.wallTimeMs,
    outputBytes: LONGEST_ANSWER_BYTES,
    signal,
  });
  const lackedMemory = () => session.memoryKills() > killsBefore;
  if (answer.kind === 'complete') {
    const verdict = readPythonVerdict(answer.parts[0] ?? Buffer.alloc(0), nonce);
    if (verdict === null || !verdict.mayFollow) await session.close();
    if (verdict === null) return isFresh ? ended(answer.durationMs) : null;
    const { report } = verdict;
    if (report.outcome === 'sandbox-error') {
      throw new CodejuryError('sandbox', report.feedback?.message ?? 'the Python runner failed');
    }
    return report.feedback?.kind === 'SIGKILL' && lackedMemory()
      ? outOf('memory', report.durationMs, request.options)
      : report;
  }
  const { end } = answer;
  if (end.endedBy === 'aborted') throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  if (end.endedBy === 'wall-time') return outOf('wall-time', limits.wallTimeMs, request.options);
  if (end.endedBy === 'memory' && lackedMemory()) return outOf('memory', end.durationMs, request.options);
  return isFresh ? ended(end.durationMs) : null;
}

/** The nonce is the last field: the server reads it after the fork. */
function fieldsOf({ mode, tests, code, files, options }: PythonRequest, nonce: string): (string | Buffer)[] {
  const cpuSeconds = String(Math.ceil(options.limits.cpuTimeMs / 1000));
  const resources = Buffer.concat(files.flat().map(encodeNetstring));
  return [mode, cpuSeconds, tests.before, code, tests.after, resources, nonce];
}

function outOf(what: 'wall-time' | 'memory', durationMs: number, { limits }: RunOptions): RunReport {
  return what === 'wall-time'
    ? failure('timeout', what, `no result within ${limits.wallTimeMs} ms`, durationMs)
    : failure('out-of-memory', what, `used more than ${limits.memoryBytes} bytes of memory`, durationMs);
}

function ended(durationMs: number): RunReport {
  const message = 'the program ended the runner that was to report on it';
  return failure('runtime-error', 'runner-ended', message, durationMs);
}

function failure(outcome: Outcome, kind: string, message: string, durationMs: number): RunReport {
  return {
    outcome,
    feedback: { kind, message, line: null, input: null, expected: null, actual: null },
    durationMs,
  };
}
