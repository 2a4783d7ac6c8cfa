import { randomBytes } from 'node:crypto';
import type { RunOptions } from '../language-runner.ts';
import type { Sandbox, SandboxEnd, SandboxFile } from '../sandbox/sandbox.ts';
import { decodeNetstrings } from '../session/netstrings.ts';
import { LONGEST_ANSWER_BYTES, openSession, type Session } from '../session/session.ts';
import { createSessionPools } from '../session/session-pools.ts';
import { type JavaSetup, type MachineKind, type MountedProject, runnerCommand } from './java-command.ts';
import { askJava } from './java-session.ts';

/** A compiled program. */
export interface JavaProgram {
  readonly mainClass: string;
  readonly classes: readonly { readonly name: string; readonly bytes: Buffer }[];
  /** It refers to nothing that could harm those that run after it in the same machine. */
  readonly isHarmless: boolean;
  /** What has to lie in the working folder. */
  readonly files: readonly SandboxFile[];
  /** The project that it belongs to; null = none. */
  readonly project: MountedProject | null;
}

/** What a program threw. */
export interface Thrown {
  readonly type: 'assertion' | 'memory' | 'error' | 'exception';
  /** Its class, e.g. `java.lang.AssertionError`. */
  readonly name: string;
  /** Its message, then those of its causes. */
  readonly messages: readonly string[];
  /** The program's own frames, innermost first. */
  readonly frames: readonly { readonly className: string; readonly line: number }[];
}

/** How a program ended. */
export type JavaEnd =
  | { readonly kind: 'returned'; readonly durationMs: number }
  | { readonly kind: 'thrown'; readonly thrown: Thrown; readonly durationMs: number }
  /** The machine ended, or was ended, before main had returned, or after it with another exit code than 0. */
  | { readonly kind: 'ended'; readonly end: SandboxEnd; readonly afterMain: boolean };

/** Virtual machines for programs, kept ready. */
export interface JavaMachines {
  /**
   * Runs a program: a harmless one where others ran before it, any other in a machine of its own. When the shared machine shows
   * anything unusual, the program is run again in one of its own, and that counts.
   *
   * @throws {CodejuryError} `sandbox`, `aborted`.
   */
  run(program: JavaProgram, options: RunOptions): Promise<JavaEnd>;
  close(): Promise<void>;
}

/** Programs after which a shared machine is replaced, so that nothing in it can grow for ever. */
const SERVES_AT_MOST = 1_000;

/** Milliseconds to describe an exception, which runs code of the program. */
const DESCRIBE_LIMIT_MS = 2_000;

export function openJavaMachines(sandbox: Sandbox, setup: JavaSetup): JavaMachines {
  const shared = createSessionPools<MachineKind>({
    open: (kind) => openSession(sandbox.start(runnerCommand(setup, 'RunServer', kind))),
    servesAtMost: SERVES_AT_MOST,
  });
  const single = createSessionPools<MachineKind>({
    open: (kind) => openSession(sandbox.start(runnerCommand(setup, 'RunOnce', kind))),
    servesAtMost: 1,
    startsAhead: 1,
  });
  const runAlone = async (program: JavaProgram, kind: MachineKind, options: RunOptions): Promise<JavaEnd> => {
    if (program.files.length === 0) {
      return single.use(kind, (session) => askOnce(session, program, options));
    }
    const session = openSession(sandbox.start(runnerCommand(setup, 'RunOnce', kind, program.files)));
    try {
      return await askOnce(session, program, options);
    } finally {
      await session.close();
    }
  };
  return {
    run: async (program, options) => {
      const { limits, seed = 0 } = options;
      // Time is the request's own and shall not make for machines of its own.
      const fixed = { ...limits, wallTimeMs: 1, cpuTimeMs: 1 };
      const kind = { seed, limits: fixed, project: program.project };
      if (program.isHarmless && program.files.length === 0 && options.alone !== true) {
        const end = await shared.use(kind, (session) => askShared(session, program, options));
        if (end !== null) return end;
      }
      return runAlone(program, kind, options);
    },
    close: async () => {
      await Promise.all([shared.close(), single.close()]);
    },
  };
}

/** Null when something is not as it should be: then nothing is known of the program, and the session is closed. */
async function askShared(
  session: Session,
  program: JavaProgram,
  options: RunOptions,
): Promise<JavaEnd | null> {
  const nonce = randomBytes(16).toString('hex');
  const answer = await askJava(session, requestOf(program, nonce), askOptions(options));
  if (answer.kind === 'ended') {
    return answer.end.endedBy === 'wall-time' ? { kind: 'ended', end: answer.end, afterMain: false } : null;
  }
  const verdict = readVerdict(answer.fields, nonce);
  // Out of memory, out of stack: the machine may have suffered.
  if (
    verdict === null ||
    verdict.state !== 'clean' ||
    !['returned', 'assertion', 'exception'].includes(verdict.type)
  ) {
    await session.close();
    return null;
  }
  return verdict.type === 'returned'
    ? { kind: 'returned', durationMs: verdict.durationMs }
    : thrownEnd(session, verdict, nonce, options);
}

async function askOnce(session: Session, program: JavaProgram, options: RunOptions): Promise<JavaEnd> {
  const nonce = randomBytes(16).toString('hex');
  const startedAt = performance.now();
  const answer = await askJava(session, requestOf(program, nonce), askOptions(options));
  if (answer.kind === 'ended') return { kind: 'ended', end: answer.end, afterMain: false };
  const verdict = readVerdict(answer.fields, nonce);
  if (verdict === null) return { kind: 'ended', end: await endOf(session), afterMain: false };
  if (verdict.type !== 'returned') return thrownEnd(session, verdict, nonce, options);
  // As `java` would: other threads go on, and the exit code is theirs to give.
  const left = Math.max(1, options.limits.wallTimeMs - (performance.now() - startedAt));
  const rest = await askJava(session, [], { ...askOptions(options), wallTimeMs: left });
  if (rest.kind === 'answer') return { kind: 'ended', end: await endOf(session), afterMain: true };
  const { end } = rest;
  return end.endedBy === 'exit' && end.exitCode === 0
    ? { kind: 'returned', durationMs: verdict.durationMs }
    : { kind: 'ended', end, afterMain: true };
}

/** Of a machine that spoke out of turn. */
async function endOf(session: Session): Promise<SandboxEnd> {
  await session.close();
  return {
    exitCode: null,
    signal: null,
    stderr: Buffer.from('the program spoke on the line of the runner that was to report on it'),
    endedBy: 'exit',
    durationMs: 0,
  };
}

function requestOf({ mainClass, classes }: JavaProgram, nonce: string): (string | Buffer)[] {
  return [nonce, mainClass, ...classes.flatMap(({ name, bytes }) => [name, bytes])];
}

function askOptions({ limits, signal }: RunOptions) {
  return { wallTimeMs: limits.wallTimeMs, outputBytes: LONGEST_ANSWER_BYTES, signal };
}

interface MachineVerdict {
  readonly type: string;
  readonly name: string;
  readonly durationMs: number;
  readonly state: string;
}

/** Null when it is not what the runner writes: somebody else spoke. */
function readVerdict(fields: readonly Buffer[], nonce: string): MachineVerdict | null {
  const [said, type = '', name = '', durationUs = '', state = ''] = fields.map(String);
  return said === nonce && fields.length === 5
    ? { type, name, durationMs: Number(durationUs) / 1000, state }
    : null;
}

async function thrownEnd(
  session: Session,
  { type, name, durationMs }: MachineVerdict,
  nonce: string,
  options: RunOptions,
): Promise<JavaEnd> {
  const described = await askJava(session, [nonce], {
    ...askOptions(options),
    wallTimeMs: DESCRIBE_LIMIT_MS,
  });
  const [said, messages, frames] = described.kind === 'answer' ? described.fields : [];
  const isTrue = said?.toString() === nonce;
  const thrown: Thrown = {
    type: type as Thrown['type'],
    name,
    messages: isTrue && messages !== undefined ? decodeNetstrings(messages).map(String) : [],
    frames:
      isTrue && frames !== undefined
        ? decodeNetstrings(frames).map((frame) => {
            const [className, line] = decodeNetstrings(frame).map(String);
            return { className: className ?? '', line: Number(line) };
          })
        : [],
  };
  return { kind: 'thrown', thrown, durationMs };
}
