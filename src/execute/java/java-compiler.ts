import { COMPILE_LIMIT_MS } from '../compile-candidate.ts';
import { resolveLimits } from '../limits.ts';
import { decodeNetstrings } from '../netstrings.ts';
import type { Sandbox, SandboxEnd } from '../sandbox.ts';
import { openSession } from '../session.ts';
import { createSessionPools } from '../session-pools.ts';
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
  | { readonly kind: 'unfinished'; readonly why: 'wall-time' | 'memory' | 'crash' };

/** What to compile. */
export interface CompileRequest {
  readonly fileName: string;
  readonly source: string;
  /** The project whose classes and sources it may use; null = none. */
  readonly project?: MountedProject | null;
  /** Paths of the project's files that are compiled with it. */
  readonly moreFiles?: readonly string[];
}

/** Compilers that stay warm, one kind a project. They are only shown programs, none of them runs in one. */
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
    compile: ({ fileName, source, project = null, moreFiles = [] }, signal) =>
      pools.use(project, async (session) => {
        const answer = await askJava(session, [fileName, source, ...moreFiles], {
          wallTimeMs: COMPILE_LIMIT_MS,
          outputBytes: LARGEST_ANSWER_BYTES,
          signal,
        });
        if (answer.kind === 'ended') {
          return { kind: 'unfinished', why: whyUnfinished(answer.end) };
        }
        return readAnswer(answer.fields);
      }),
    close: pools.close,
  };
}

function whyUnfinished({ endedBy, exitCode }: SandboxEnd): 'wall-time' | 'memory' | 'crash' {
  if (endedBy === 'wall-time' || endedBy === 'memory') return endedBy;
  return exitCode === OUT_OF_MEMORY_STATUS ? 'memory' : 'crash';
}

function readAnswer([status, diagnostics, mains, classes]: readonly Buffer[]): Compiled {
  if (status?.toString() === 'ok') {
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
