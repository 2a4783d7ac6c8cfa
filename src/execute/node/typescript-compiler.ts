import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Feedback } from '../../contracts/execution.ts';
import { CodejuryError } from '../../errors.ts';
import type { Program } from '../language-runner.ts';
import { resolveLimits } from '../limits.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { greetSession, whyEnded } from '../session/greet-session.ts';
import { decodeNetstrings } from '../session/netstrings.ts';
import { openSession, type Session } from '../session/session.ts';
import { createSessionPool } from '../session/session-pool.ts';
import type { TypeScript } from './find-typescript.ts';
import { nodeCommand } from './node-command.ts';
import type { NodeProcesses } from './node-processes.ts';

/** What came of a check. */
export type Translation =
  | { readonly program: string; readonly lines: readonly number[] }
  /** Why not, in the candidate's lines; kind `wall-time` or `memory` when the compiler did not get to its end. */
  | { readonly feedback: Feedback };

/** Compilers that are kept warm in the sandbox: a hostile program may hang or exhaust one. */
export interface TypescriptCompiler {
  /** @throws {CodejuryError} `sandbox` when the compiler does not start, `aborted`. */
  translate(
    program: Pick<Program, 'code' | 'tests'>,
    limitMs: number,
    signal: AbortSignal,
  ): Promise<Translation>;
  close(): Promise<void>;
}

/** Programs after which a compiler is replaced, so that nothing in it can grow for ever. */
const SERVES_AT_MOST = 1_000;
const SETUP_LIMIT_MS = 60_000;
/** Of all that a compiler may say of one program. */
const ANSWER_BYTES = 64 * 1024 ** 2;
/** Its own: what a candidate may use has nothing to do with what checking it takes. */
const LIMITS = resolveLimits({ memoryBytes: 1536 * 1024 ** 2 });
/** Requests of the session's beginning: greeting and set-up. */
const FIRST_REQUESTS = 2;

const errorsSchema = z.array(z.tuple([z.number(), z.string(), z.string()])).min(1);
const linesSchema = z.array(z.number());

export function openTypescriptCompiler(
  sandbox: Sandbox,
  { node, programs }: NodeProcesses,
  typescript: TypeScript,
): TypescriptCompiler {
  const start = { seed: 0, cpuSeconds: null, limits: LIMITS };
  const compilers = createSessionPool({
    open: () => openSession(sandbox.start(nodeCommand(node, programs, 'compile-typescript', start))),
    servesAtMost: SERVES_AT_MOST,
  });
  return {
    translate: async (program, limitMs, signal) => {
      const ask = async (session: Session) => {
        if (session.asked === 0) await setUp(session, typescript, signal);
        return askCompiler(session, program, limitMs, signal);
      };
      // The second time by a compiler that nobody can have exhausted before.
      const translation = (await compilers.use(ask)) ?? (await compilers.use(ask, true));
      if (translation !== null) return translation;
      throw new CodejuryError('sandbox', 'a TypeScript compiler nobody has used is out of order');
    },
    close: compilers.close,
  };
}

async function setUp(
  session: Session,
  { source, libraries }: TypeScript,
  signal: AbortSignal,
): Promise<void> {
  await greetSession(session, 'TypeScript compiler', signal);
  const answer = await session.ask([source, ...libraries.flat()], {
    parts: 1,
    wallTimeMs: SETUP_LIMIT_MS,
    outputBytes: 100,
    signal,
  });
  if (answer.kind === 'complete' && answer.parts[0]?.toString() === 'ok') return;
  if (answer.kind === 'broken' && answer.end.endedBy === 'aborted') {
    throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  }
  const reason = answer.kind === 'broken' ? whyEnded(answer.end) : 'it does not answer';
  throw new CodejuryError('sandbox', `the TypeScript compiler did not start: ${reason}`);
}

/** Null when the compiler ended or did not end, and others before may be the reason. */
async function askCompiler(
  session: Session,
  { code, tests }: Pick<Program, 'code' | 'tests'>,
  limitMs: number,
  signal: AbortSignal,
): Promise<Translation | null> {
  const isFresh = session.asked === FIRST_REQUESTS;
  const nonce = randomBytes(16).toString('hex');
  const answer = await session.ask([nonce, tests.before, code, tests.after], {
    parts: 1,
    wallTimeMs: limitMs,
    outputBytes: ANSWER_BYTES,
    signal,
  });
  if (answer.kind === 'complete') return readTranslation(answer.parts[0], nonce, { code, tests });
  const { endedBy } = answer.end;
  if (endedBy === 'aborted') throw new CodejuryError('aborted', 'interrupted', { cause: signal.reason });
  if (!isFresh) return null;
  return endedBy === 'wall-time'
    ? refusal('wall-time', `not compiled within ${limitMs} ms`)
    : refusal('memory', 'the compiler could not cope with it');
}

function readTranslation(
  part: Buffer | undefined,
  nonce: string,
  program: Pick<Program, 'code' | 'tests'>,
): Translation | null {
  if (part === undefined || part.toString('latin1', 0, nonce.length) !== nonce) return null;
  const [output, details = Buffer.alloc(0)] = decodeNetstrings(part.subarray(nonce.length));
  const json: unknown = JSON.parse(details.toString('utf8', 1));
  return output?.[0] === 0x2b
    ? { program: output.toString('utf8', 1), lines: linesSchema.parse(json) }
    : refusalOf(errorsSchema.parse(json), program);
}

/** Of several errors, the first in the candidate's own lines; else the first. */
function refusalOf(
  errors: z.infer<typeof errorsSchema>,
  { code, tests }: Pick<Program, 'code' | 'tests'>,
): Translation {
  const linesBefore = lineEnds(tests.before);
  const ownLine = (line: number) => {
    const own = line - linesBefore;
    return own >= 1 && own <= lineEnds(code) + 1 ? own : null;
  };
  const [line, kind, message] = errors.find(([place]) => ownLine(place) !== null) ?? errors[0] ?? [0, '', ''];
  return refusal(kind, message, ownLine(line));
}

function refusal(kind: string, message: string, line: number | null = null): Translation {
  return { feedback: { kind, message, line, input: null, expected: null, actual: null } };
}

function lineEnds(text: string): number {
  return text.match(/\r\n|[\n\r\u2028\u2029]/g)?.length ?? 0;
}
