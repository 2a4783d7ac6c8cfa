import path from 'node:path';
import type { Limits } from '../limits.ts';
import type { SandboxCommand, SandboxFile } from '../sandbox/sandbox.ts';
import { COMPILER_EXPORT, type RunnerJar } from './build-runner-jar.ts';
import type { Jdk } from './find-jdk.ts';
import type { Libraries } from './find-libraries.ts';

/** Everything that the runner's programs are started with. */
export interface JavaSetup {
  readonly jdk: Jdk;
  readonly jar: RunnerJar;
  readonly libraries: Libraries;
}

/** A project whose classes programs see, and whose folder they run in. Shown where it lies, read-only. */
export interface MountedProject {
  readonly folder: string;
  /** Absolute paths, as `java -cp` takes them. */
  readonly classPath: string;
  readonly sourcePath: string;
}

/** What is fixed when a machine starts. */
export interface MachineKind {
  readonly seed: number;
  readonly limits: Limits;
  readonly project: MountedProject | null;
}

/**
 * The protocol gets descriptors of its own, and the program none of them by name: what it prints goes nowhere, its input is
 * empty.
 */
const LINE = 'exec 8<&0 9>&1 </dev/null >/dev/null 2>&1; exec "$@"';

/** The same in another folder, the first argument. */
const LINE_ELSEWHERE = `export CLASSPATH="$PWD/runner.jar"; cd "$1" || exit 1; shift; ${LINE}`;

/** Quick to start, and for short programs quick enough to run: one compiler stage, one collector thread, shared classes. */
const QUICK = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-XX:-UsePerfData'];

/** Exceptions keep their traces, however often they are thrown: the line in the candidate is wanted. */
const TRACED = ['-XX:-OmitStackTraceInFastThrow'];

/**
 * Ends a machine for many programs where one of them had no stack or no memory left: wherever in Java's own classes that was, they
 * may be half initialised, and whatever the program caught, the others shall not see it.
 */
const FRAGILE = [
  // Where a virtual machine does not know them, the rules of `is-harmless.ts` alone see to it.
  '-XX:+IgnoreUnrecognizedVMOptions',
  '-XX:+ExitOnOutOfMemoryError',
  ...['-XX:+UnlockDiagnosticVMOptions', '-XX:AbortVMOnException=java.lang.StackOverflowError'],
  ...['-XX:-CreateCoredumpOnCrash', '-XX:ErrorFile=/dev/null'],
];

/** Compiled, these methods would keep the order of sets that the machine drew before the seed was set. */
const SEEDED = [
  '-XX:CompileCommand=quiet',
  '-XX:CompileCommand=exclude,java.util.ImmutableCollections*::*',
  '-XX:CompileCommand=dontinline,java.util.ImmutableCollections*::*',
];

/** From this version on, what the runner does to the order of sets must be allowed. */
const UNSAFE_FLAG_MAJOR = 23;

/** The same everywhere, so that no machine's settings decide. */
const SETTLED = [
  '-Duser.language=en',
  '-Duser.country=US',
  '-Duser.timezone=UTC',
  '-Dfile.encoding=UTF-8',
  '-XX:+DisableAttachMechanism',
];

/** What a virtual machine needs besides its heap, in bytes. */
const OVERHEAD_BYTES = 256 * 1024 ** 2;

/** Bytes of stack of a program's main: deep enough that only recursion without end overflows, and always at the same depth. */
const STACK_BYTES = 64 * 1024 ** 2;

/** Starts the warm compiler; its limits are not those of candidates. */
export function compilerCommand(
  setup: JavaSetup,
  limits: Limits,
  project: MountedProject | null,
): SandboxCommand {
  const paths = [classPath(setup, project), project?.sourcePath ?? ''];
  return javaCommand(setup, {
    flags: [...heap(limits), '-XX:+ExitOnOutOfMemoryError', COMPILER_EXPORT, '-cp', 'runner.jar'],
    program: ['codejury.CompileServer', ...paths],
    limits,
    project,
  });
}

/** Starts a machine that runs one program (`RunOnce`) or one after another (`RunServer`). */
export function runnerCommand(
  setup: JavaSetup,
  main: 'RunOnce' | 'RunServer',
  { seed, limits, project }: MachineKind,
  files: readonly SandboxFile[] = [],
): SandboxCommand {
  const command = javaCommand(setup, {
    flags: [
      ...['-ea', ...heap(limits), ...(main === 'RunServer' ? FRAGILE : [])],
      ...(project === null ? ['-cp', 'runner.jar'] : []),
    ],
    program: [`codejury.${main}`, String(seed), String(STACK_BYTES), classPath(setup, project)],
    limits,
    project,
    folder: project?.folder ?? null,
  });
  return { ...command, files: [...(command.files ?? []), ...files] };
}

interface JavaArguments {
  readonly flags: readonly string[];
  /** Main class and its arguments. */
  readonly program: readonly string[];
  readonly limits: Limits;
  readonly project: MountedProject | null;
  /** Where it runs, with the runner's jar on the class path; null = in the scratch folder. */
  readonly folder?: string | null;
}

function javaCommand(
  { jdk, jar, libraries }: JavaSetup,
  { flags, program, limits, project, folder = null }: JavaArguments,
): SandboxCommand {
  const java = path.join(jdk.home, 'bin/java');
  const line = folder === null ? [LINE, 'sh'] : [LINE_ELSEWHERE, 'sh', folder];
  return {
    argv: [
      ...(['/bin/sh', '-c', ...line, java] as const),
      ...[...QUICK, ...TRACED, ...SEEDED, ...SETTLED],
      ...(jdk.major >= UNSAFE_FLAG_MAJOR ? ['--sun-misc-unsafe-memory-access=allow'] : []),
      ...flags,
      ...program,
    ],
    files: [{ path: 'runner.jar', content: jar.content }, ...libraries.files],
    readOnlyBinds: [
      ...jdk.readOnlyBinds,
      ...(project === null ? [] : [{ source: project.folder, target: project.folder }]),
    ],
    proc: true,
    // A virtual machine reserves far more than it uses.
    capAddressSpace: false,
    limits,
  };
}

/** A project's own libraries go before those of this machine. */
function classPath({ libraries }: JavaSetup, project: MountedProject | null): string {
  return [project?.classPath ?? '', libraries.classPath].filter((part) => part !== '').join(':');
}

function heap({ memoryBytes }: Limits): string[] {
  const bytes = Math.max(memoryBytes / 2, memoryBytes - OVERHEAD_BYTES);
  return [`-Xmx${Math.floor(bytes / 1024 ** 2)}m`];
}
