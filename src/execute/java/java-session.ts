import { CodejuryError } from '../../errors.ts';
import type { SandboxEnd } from '../sandbox/sandbox.ts';
import { whyEnded } from '../session/greet-session.ts';
import { decodeNetstrings } from '../session/netstrings.ts';
import type { Answer, AskOptions, Session } from '../session/session.ts';

/** Milliseconds in which a virtual machine starts even on a busy machine. */
const START_LIMIT_MS = 60_000;

/** What a Java program of the runner answers: its fields, or how it ended instead. */
export type JavaAnswer =
  | { readonly kind: 'answer'; readonly fields: readonly Buffer[]; readonly durationMs: number }
  | { readonly kind: 'ended'; readonly end: SandboxEnd };

/**
 * Asks one of the runner's Java programs, after it has said that it is ready: its start is not the candidate's time.
 *
 * @throws {CodejuryError} `sandbox` when it does not start, `aborted`.
 */
export async function askJava(
  session: Session,
  fields: readonly (string | Buffer)[],
  options: Omit<AskOptions, 'parts'>,
): Promise<JavaAnswer> {
  if (session.asked === 0) await greet(session, options.signal);
  return read(await session.ask(fields, { ...options, parts: 1 }), options.signal);
}

async function greet(session: Session, signal: AbortSignal): Promise<void> {
  const options = { parts: 1, wallTimeMs: START_LIMIT_MS, outputBytes: 1000, signal };
  const answer = read(await session.ask([], options), signal);
  if (answer.kind === 'answer' && answer.fields[0]?.toString() === 'ready') return;
  const reason = answer.kind === 'ended' ? whyEnded(answer.end) : 'it does not say that it is ready';
  throw new CodejuryError('sandbox', `the Java runner did not start: ${reason}`);
}

function read(answer: Answer, signal: AbortSignal): JavaAnswer {
  if (answer.kind === 'complete') {
    const [body = Buffer.alloc(0)] = answer.parts;
    return { kind: 'answer', fields: decodeNetstrings(body), durationMs: answer.durationMs };
  }
  if (answer.end.endedBy === 'aborted') {
    throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  }
  return { kind: 'ended', end: answer.end };
}
