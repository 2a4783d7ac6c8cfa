import { randomBytes } from 'node:crypto';
import type { TestProgram } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import type { RunOptions, RunReport } from '../language-runner.ts';
import type { SandboxEnd } from '../sandbox/sandbox.ts';
import { greetSession } from '../session/greet-session.ts';
import { encodeNetstring } from '../session/netstrings.ts';
import { LONGEST_ANSWER_BYTES, type Session } from '../session/session.ts';
import { readNodeReport } from './read-node-report.ts';

/** One program for a Node.js process. */
export interface NodeRequest {
  readonly mode: 'run' | 'compile';
  /** `typescript` = types are taken away inside, unchecked. */
  readonly dialect: 'javascript' | 'typescript';
  readonly tests: TestProgram;
  readonly code: string;
  /** What a compiler made of tests and code, with the line that each of its lines comes from (0 = from none). */
  readonly emitted: { readonly program: string; readonly lines: readonly number[] } | null;
  /** Path and content of what has to lie in the working folder. */
  readonly files: readonly (readonly [path: string, content: string])[];
  readonly options: RunOptions;
}

/** More than the runner ever sends: what follows is only waited for, to see how the process ends. */
const ALL_PARTS = 16;

/**
 * Has a fresh process run a program, and waits for its end.
 *
 * @throws {CodejuryError} `sandbox` when the process does not start, `aborted`.
 */
export async function askNode(session: Session, request: NodeRequest): Promise<RunReport> {
  const { limits, signal } = request.options;
  await greetSession(session, 'Node.js runner', signal);
  const nonce = randomBytes(16).toString('hex');
  const startedAt = performance.now();
  const answer = await session.ask(fieldsOf(request, nonce), {
    parts: ALL_PARTS,
    wallTimeMs: limits.wallTimeMs,
    outputBytes: LONGEST_ANSWER_BYTES,
    signal,
  });
  if (answer.kind === 'complete') await session.close();
  const end = answer.kind === 'broken' ? answer.end : FLOODED;
  if (end.endedBy === 'aborted') throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  // From here on: until then the process may have waited for its program.
  const durationMs = performance.now() - startedAt;
  return readNodeReport(answer.parts, { ...end, durationMs }, nonce, limits);
}

/** A program that found the channel and filled it with parts of its own. */
const FLOODED: SandboxEnd = {
  exitCode: null,
  signal: 'SIGKILL',
  stderr: Buffer.alloc(0),
  endedBy: 'exit',
  durationMs: 0,
};

function fieldsOf(request: NodeRequest, nonce: string): (string | Buffer)[] {
  const { mode, dialect, tests, code, emitted, files } = request;
  // A name that no program knows: what stands at the end of the text calls it.
  const label = `end_${randomBytes(16).toString('hex')}`;
  return [
    nonce,
    mode,
    dialect,
    label,
    tests.before,
    code,
    tests.after,
    emitted?.program ?? '',
    emitted === null ? '' : JSON.stringify(emitted.lines),
    Buffer.concat(files.flat().map(encodeNetstring)),
  ];
}
