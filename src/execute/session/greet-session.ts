import { CodejuryError } from '../../errors.ts';
import type { SandboxEnd } from '../sandbox/sandbox.ts';
import type { Session } from './session.ts';

/** Milliseconds in which an interpreter starts even on a busy machine. */
const START_LIMIT_MS = 60_000;

/**
 * Waits until what a session runs is ready: its start is not the candidate's time.
 *
 * @param runner what it is, for messages: `Python runner`
 * @throws {CodejuryError} `sandbox` when it does not start, `aborted`.
 */
export async function greetSession(session: Session, runner: string, signal: AbortSignal): Promise<void> {
  const answer = await session.ask(['hello'], {
    parts: 1,
    wallTimeMs: START_LIMIT_MS,
    outputBytes: 100,
    signal,
  });
  if (answer.kind === 'complete' && answer.parts[0]?.toString() === 'ready') return;
  if (answer.kind === 'broken' && answer.end.endedBy === 'aborted') {
    throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  }
  const reason = answer.kind === 'broken' ? whyEnded(answer.end) : 'it does not say that it is ready';
  throw new CodejuryError('sandbox', `the ${runner} did not start: ${reason}`);
}

/** The last it said, or else how it ended. */
export function whyEnded({ stderr, endedBy, exitCode, signal }: SandboxEnd): string {
  const said = stderr.toString().trim().split('\n').at(-1);
  return said || (endedBy === 'exit' ? `exit code ${exitCode}, signal ${signal}` : `ended by ${endedBy}`);
}
