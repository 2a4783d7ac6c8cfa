import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import { resolveLimits } from '../limits.ts';
import type { Sandbox, SandboxEnd } from '../sandbox/sandbox.ts';
import { decodeNetstrings } from '../session/netstrings.ts';
import { openSession, type Session } from '../session/session.ts';
import { createSessionPools } from '../session/session-pools.ts';
import { compilerCommand, type JavaSetup, type MountedProject } from './java-command.ts';
import { askJava } from './java-session.ts';

export interface Diagnostic {
  /** The compiler's own name for it, e.g. `compiler.err.cant.resolve.location`. */
  readonly code: string;
  /** In UTF-16 code units of the source; -1 = nowhere in particular. */
  readonly offset: number;
  readonly message: string;
}

export type Compiled =
  | {
      readonly kind: 'classes';
      /** Classes with a `main`, and where it is. */
      readonly mains: readonly { readonly className: string; readonly offset: number }[];
      readonly classes: readonly { readonly name: string; readonly bytes: Buffer }[];
    }
  | { readonly kind: 'errors'; readonly diagnostics: readonly Diagnostic[] }
  /** The compiler did not get to its end. */
  | { readonly kind: 'unfinished'; readonly why: 'wall-time' | 'memory' | 'nesting' | 'crash' };

/** What to compile. */
export interface CompileRequest {
  readonly fileName: string;
  readonly source: string;
  /** The project whose classes and sources it may use; null = none. */
  readonly project?: MountedProject | null;
  /** Paths of the project's files that are compiled with it. */
  readonly moreFiles?: readonly string[];
}

/**
 * Compilers that stay warm, one kind a project. They are only shown programs, none of them runs in one. That one came to no end is
 * believed only if it had seen no other program before.
 */
export interface JavaCompiler {
  compile(request: CompileRequest, signal: AbortSignal): Promise<Compiled>;
  close(): Promise<void>;
}

/** The compiler's own limits: a source made to be expensive shall not take the machine. */
const LIMITS = resolveLimits({ memoryBytes: 1536 * 1024 ** 2 });

/** The exit status that `-XX:+ExitOnOutOfMemoryError` stands for. */
const OUT_OF_MEMORY_STATUS = 3;

/** Classes of one program, in bytes: constants of 64 KiB each add up. */
const LARGEST_ANSWER_BYTES = 64 * 1024 ** 2;

/** Programs after which a compiler is replaced, so that its tables cannot grow for ever. */
const SERVES_AT_MOST = 5_000;

export function openJavaCompiler(sandbox: Sandbox, setup: JavaSetup): JavaCompiler {
  const pools = createSessionPools<MountedProject | null>({
    open: (project) => openSession(sandbox.start(compilerCommand(setup, LIMITS, project))),
    servesAtMost: SERVES_AT_MOST,
  });
  return {
    compile: async ({ fileName, source, project = null, moreFiles = [] }, signal) => {
      const fields = [fileName, source, ...moreFiles];
      let wasFresh = true;
      const ask = (session: Session) => {
        wasFresh = session.asked === 0;
        return askCompiler(session, fields, signal);
      };
      const compiled = await pools.use(project, ask);
      return compiled.kind === 'unfinished' && !wasFresh ? pools.use(project, ask, true) : compiled;
    },
    close: pools.close,
  };
}

async function askCompiler(
  session: Session,
  fields: readonly string[],
  signal: AbortSignal,
): Promise<Compiled> {
  const answer = await askJava(session, fields, {
    wallTimeMs: COMPILE_LIMIT_MS,
    outputBytes: LARGEST_ANSWER_BYTES,
    signal,
  });
  return answer.kind === 'ended'
    ? { kind: 'unfinished', why: whyUnfinished(answer.end) }
    : readAnswer(answer.fields);
}

function whyUnfinished({ endedBy, exitCode }: SandboxEnd): 'wall-time' | 'memory' | 'crash' {
  if (endedBy === 'wall-time' || endedBy === 'memory') return endedBy;
  return exitCode === OUT_OF_MEMORY_STATUS ? 'memory' : 'crash';
}

function readAnswer([state, diagnostics, mains, classes]: readonly Buffer[]): Compiled {
  const status = state?.toString();
  if (status === 'nesting' || status === 'crash') return { kind: 'unfinished', why: status };
  if (status === 'ok') {
    return {
      kind: 'classes',
      mains: listOf(mains).map(([name, offset]) => ({
        className: String(name),
        offset: Number(offset),
      })),
      classes: listOf(classes).map(([name, bytes = Buffer.alloc(0)]) => ({ name: String(name), bytes })),
    };
  }
  return {
    kind: 'errors',
    diagnostics: listOf(diagnostics).map(([code, offset, message]) => ({
      code: String(code),
      offset: Number(offset),
      message: String(message),
    })),
  };
}

/** A list of lists, each of them netstrings. */
function listOf(data: Buffer | undefined): Buffer[][] {
  return data === undefined ? [] : decodeNetstrings(data).map(decodeNetstrings);
}
