import { constants } from 'node:os';
import { type Outcome, outcomeSchema } from '../../contracts/execution.ts';
import { CodejuryError } from '../../errors.ts';
import type { RunReport } from '../language-runner.ts';
import type { Limits } from '../limits.ts';
import type { SandboxEnd } from '../sandbox/sandbox.ts';
import { decodeNetstrings } from '../session/netstrings.ts';
import { LONGEST_ANSWER_BYTES } from '../session/session.ts';

/** What the runner tells the system instead of 0 when a program exits early. */
const EARLY_STATUS = 86;

/** What V8 writes to stderr before it gives up. */
const EXHAUSTED = /^(FATAL ERROR: .*heap out of memory|# Fatal process out of memory)/m;

type Fields = readonly (string | null)[];

/**
 * What came of a program, by what the runner said of it and by how the process ended. Only both together make a pass.
 *
 * @throws {CodejuryError} `sandbox` when the runner failed before the program began.
 */
export function readNodeReport(
  parts: readonly Buffer[],
  end: SandboxEnd,
  nonce: string,
  limits: Limits,
): RunReport {
  const said = parts.map((part) => readFields(part, nonce)).filter((fields) => fields !== null);
  const saidOf = (kind: string) => said.filter(([first]) => first === kind);
  const failed = readFailure(saidOf('error'), end.durationMs);
  if (failed !== null) return failed;
  const durationMs = readMs(saidOf('end')[0] ?? saidOf('exit')[0]) ?? end.durationMs;
  const report = (outcome: Outcome, kind: string, message: string): RunReport => ({
    outcome,
    feedback: { kind, message, line: null, input: null, expected: null, actual: null },
    durationMs,
  });
  const hasReturned = saidOf('returned').length > 0;
  const when = hasReturned ? 'after the tests had been called' : 'before the tests had ended';
  const [exited] = saidOf('exit');
  if (exited !== undefined) {
    const outcome = exited[2] === '0' ? 'exited-early' : 'runtime-error';
    return report(outcome, 'exit', `exited with code ${exited[2]} ${when}`);
  }
  switch (end.endedBy) {
    case 'wall-time':
      return report('timeout', 'wall-time', `no result within ${limits.wallTimeMs} ms`);
    case 'cpu-time':
      return report('timeout', 'cpu-time', `used more than ${limits.cpuTimeMs} ms of CPU time`);
    case 'memory':
      return report('out-of-memory', 'memory', `used more than ${limits.memoryBytes} bytes of memory`);
    case 'output':
      return report('runtime-error', 'output', `sent more than ${LONGEST_ANSWER_BYTES} bytes to the runner`);
    default:
      break;
  }
  const signal = signalOf(end);
  if (signal !== null && signal !== 'SIGKILL' && EXHAUSTED.test(end.stderr.toString())) {
    return report('out-of-memory', 'memory', 'the heap of the JavaScript engine is full');
  }
  if (signal === null && end.exitCode !== 0 && saidOf('started').length === 0) {
    const complaint = end.stderr.toString().trim().split('\n').at(-1);
    throw new CodejuryError(
      'sandbox',
      `the Node.js runner failed: ${complaint || `exit code ${end.exitCode}`}`,
    );
  }
  if (signal !== null) return report('runtime-error', signal, `ended by ${signal} ${when}`);
  if (end.exitCode === 0 && hasReturned) return { outcome: 'passed', feedback: null, durationMs };
  return end.exitCode === 0 || end.exitCode === EARLY_STATUS
    ? report('exited-early', 'exit', `exited with code 0 ${when}`)
    : report('runtime-error', 'exit', `exited with code ${end.exitCode} ${when}`);
}

/** The first word on a failure decides; a later one may only say more of the same. */
function readFailure(said: readonly Fields[], untilEndMs: number): RunReport | null {
  const outcome = outcomeSchema.safeParse(said[0]?.[2]);
  if (!outcome.success || outcome.data === 'passed') return null;
  const [, , , kind, line, message, input, expected, actual] =
    said.findLast((fields) => fields[2] === outcome.data) ?? [];
  return {
    outcome: outcome.data,
    feedback: {
      kind: kind ?? outcome.data,
      line: line == null ? null : Number(line),
      message: message ?? '',
      input: input ?? null,
      expected: expected ?? null,
      actual: actual ?? null,
    },
    durationMs: readMs(said[0]) ?? untilEndMs,
  };
}

/** Milliseconds since the program began, which the runner tells in microseconds; null where it does not. */
function readMs(fields: Fields | undefined): number | null {
  const microseconds = Number(fields?.[1] ?? Number.NaN);
  return microseconds >= 0 ? microseconds / 1000 : null;
}

function readFields(part: Buffer, nonce: string): Fields | null {
  if (part.toString('latin1', 0, nonce.length) !== nonce) return null;
  return decodeNetstrings(part.subarray(nonce.length)).map((field) =>
    field[0] === 0x2b ? field.toString('utf8', 1) : null,
  );
}

/** The signal that ended the program: the sandbox's shell says it as 128 + its number. */
function signalOf({ exitCode, signal }: SandboxEnd): string | null {
  if (signal !== null) return signal;
  if (exitCode === null || exitCode <= 128) return null;
  const name = Object.entries(constants.signals).find(([, number]) => number === exitCode - 128)?.[0];
  return name ?? null;
}
