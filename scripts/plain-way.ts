import type { Jdk } from '../src/execute/java/find-jdk.ts';
import type { Libraries } from '../src/execute/java/find-libraries.ts';
import { resolveLimits } from '../src/execute/limits.ts';
import type { Sandbox, SandboxCommand } from '../src/execute/sandbox/sandbox.ts';
import type { PlainProgram } from './plain-program.ts';

export interface Verdict {
  readonly result: 'passed' | 'failed' | 'compile-error' | 'timeout';
  /** Class of what was thrown, without its package, or another word for it; null where nothing was said, or it passed. */
  readonly reason: string | null;
  /** What was said, in one line. */
  readonly evidence: string;
}

/** How a benchmark's own harness runs a program. */
export type PlainWay = (program: PlainProgram) => Promise<Verdict>;

/** Enough for a virtual machine of Java's own choice, and for a compiler beside it. */
const LIMITS = { memoryBytes: 3 * 1024 ** 3, processes: 256, outputBytes: 16 * 1024 ** 2 };

/** Seconds that a compiler may take on a busy machine. */
const COMPILE_SECONDS = 60;

const EVIDENCE_LENGTH = 240;

/** `javac`, then `java -ea`, a process each for every program; `java` may take so many seconds. */
export function plainJava(sandbox: Sandbox, jdk: Jdk, libraries: Libraries, seconds: number): PlainWay {
  const script = `
"$1/bin/javac" -encoding UTF8 -cp "$2" -d . "$3" >&2 && echo compiled && exec timeout -k 1 ${seconds} "$1/bin/java" -ea -cp ".:$2" "$4" >/dev/null`;
  return ({ source, fileName }) => {
    const main = fileName.replace('.java', '');
    return run(sandbox, seconds, javaReason, {
      argv: ['/bin/sh', '-c', script, 'sh', jdk.home, libraries.classPath, fileName, main],
      files: [{ path: fileName, content: source }, ...libraries.files],
      readOnlyBinds: jdk.readOnlyBinds,
      capAddressSpace: false,
      proc: true,
    });
  };
}

/** `python3 program.py`, a process for every program, which may take so many seconds. */
export function plainPython(sandbox: Sandbox, seconds: number): PlainWay {
  const script = `echo compiled; exec timeout -k 1 ${seconds} python3 "$1" >/dev/null`;
  return ({ source, fileName }) =>
    run(sandbox, seconds, pythonReason, {
      argv: ['/bin/sh', '-c', script, 'sh', fileName],
      files: [{ path: fileName, content: source }],
    });
}

async function run(
  sandbox: Sandbox,
  seconds: number,
  reasonOf: (said: string) => string | null,
  command: Omit<SandboxCommand, 'limits'>,
): Promise<Verdict> {
  const limits = resolveLimits({ ...LIMITS, wallTimeMs: (seconds + COMPILE_SECONDS) * 1000 });
  const end = await sandbox.run({ ...command, limits, signal: new AbortController().signal });
  const said = end.stderr.toString().trim();
  const lines = said.split('\n');
  // What Java says first and Python last.
  const evidence = `exit ${end.exitCode ?? end.signal ?? end.endedBy}: ${[...new Set([lines[0], lines.at(-1)])].join(' … ')}`;
  const verdict = (result: Verdict['result'], reason: string | null = null): Verdict => ({
    result,
    reason,
    evidence: evidence.slice(0, EVIDENCE_LENGTH),
  });
  if (!end.stdout.toString().startsWith('compiled')) return verdict('compile-error');
  if (end.endedBy === 'wall-time' || end.exitCode === 124 || end.exitCode === 137) return verdict('timeout');
  return end.exitCode === 0 ? verdict('passed') : verdict('failed', reasonOf(said));
}

/** What main threw; an error of a static initializer is what caused it. */
function javaReason(said: string): string | null {
  const thrown = /^Exception in thread "main" ([\w.$]+)/m.exec(said)?.[1];
  const cause = thrown?.endsWith('.ExceptionInInitializerError')
    ? /^Caused by: ([\w.$]+)/m.exec(said)?.[1]
    : null;
  return (cause ?? thrown)?.replace(/^.*[.$]/, '') ?? null;
}

function pythonReason(said: string): string | null {
  return (
    /^(?:[\w.]+\.)?(\w+)(?::|$)/.exec(said.split('\n').findLast((line) => /^\w/.test(line)) ?? '')?.[1] ??
    null
  );
}
