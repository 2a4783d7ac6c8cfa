import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { CodejuryError } from '../errors.ts';
import { errorCode } from '../io/error-code.ts';
import { type Cgroup, type CgroupParents, createCgroup } from './cgroup.ts';
import type { EndedBy, SandboxCommand, SandboxResult } from './sandbox.ts';

/** A process to start: the sandbox program itself, or with `--sandbox none` the command. */
export interface ContainedProcess {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whose rights it runs with; null = this process's own. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  readonly cgroups: CgroupParents | null;
}

/** Waits until it was put into its cgroup: nothing it starts can be outside. End of file means that codejury died. */
const GATE = 'read -r go <&3 && exec 3<&- "$@"';

/** Exit status by which sandbox programs pass on that SIGXCPU ended the command. */
const SIGXCPU_STATUS = 128 + 24;

/** How long the streams may stay open once the process has ended and its group was killed. */
const CLOSE_GRACE_MS = 1_000;

/**
 * Runs a process in its own process group, with its cgroup, wall clock, output cap and abort signal, and kills the group at its
 * end. The limits of single processes are the caller's ({@link limitScript}).
 *
 * @throws {CodejuryError} `sandbox` when it cannot be started, limited or ended.
 */
export async function runContained(
  contained: ContainedProcess,
  command: Pick<SandboxCommand, 'stdin' | 'limits' | 'signal'>,
): Promise<SandboxResult> {
  const startedAt = performance.now();
  const cgroup = contained.cgroups === null ? null : makeCgroup(contained.cgroups, command);
  try {
    const ended = await runToEnd(contained, command, cgroup);
    const memoryKills = ended.endedBy === 'exit' && ended.exitCode !== 0 ? (cgroup?.memoryKills() ?? 0) : 0;
    return {
      ...ended,
      endedBy: memoryKills > 0 ? 'memory' : ended.endedBy,
      durationMs: performance.now() - startedAt,
    };
  } finally {
    await cgroup?.remove().catch((cause: unknown) => {
      throw new CodejuryError('sandbox', 'a sandbox did not end after it was killed', { cause });
    });
  }
}

function makeCgroup(parents: CgroupParents, command: Pick<SandboxCommand, 'limits'>): Cgroup {
  try {
    return createCgroup(parents, command.limits);
  } catch (cause) {
    throw new CodejuryError('sandbox', `cannot make a cgroup in ${parents.memory ?? parents.pids}`, {
      cause,
    });
  }
}

function runToEnd(
  contained: ContainedProcess,
  command: Pick<SandboxCommand, 'stdin' | 'limits' | 'signal'>,
  cgroup: Cgroup | null,
): Promise<Omit<SandboxResult, 'durationMs'>> {
  const { limits, signal } = command;
  const [program, ...args] =
    cgroup === null ? contained.argv : (['/bin/sh', '-c', GATE, 'sh', ...contained.argv] as const);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...contained.env },
      cwd: contained.cwd,
      ...contained.user,
      detached: true,
      stdio: cgroup === null ? ['pipe', 'pipe', 'pipe'] : ['pipe', 'pipe', 'pipe', 'pipe'],
    }) as ChildProcessWithoutNullStreams;
    let endedBy: EndedBy = 'exit';
    const end = (reason: EndedBy) => {
      if (endedBy === 'exit') endedBy = reason;
      killGroup(child);
    };
    const stdout = keepHead(child.stdout, limits.outputBytes, () => end('output'));
    const stderr = keepHead(child.stderr, limits.outputBytes, () => end('output'));
    const timer = setTimeout(() => end('wall-time'), limits.wallTimeMs);
    const onAbort = () => end('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    let closing: NodeJS.Timeout | undefined;
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(closing);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (cause: unknown) => {
      settle();
      killGroup(child);
      reject(new CodejuryError('sandbox', `cannot run ${contained.argv[0]} for a sandbox`, { cause }));
    };
    child.once('error', fail);
    child.once('exit', () => {
      // Children it left behind: they hold the streams open, and nothing they say counts.
      killGroup(child);
      closing = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, CLOSE_GRACE_MS);
    });
    child.once('close', (exitCode, exitSignal) => {
      settle();
      if (endedBy === 'exit' && (exitCode === SIGXCPU_STATUS || exitSignal === 'SIGXCPU')) {
        endedBy = 'cpu-time';
      }
      resolve({ exitCode, signal: exitSignal, stdout: stdout(), stderr: stderr(), endedBy });
    });
    if (child.pid === undefined) return;
    try {
      cgroup?.add(child.pid);
    } catch (cause) {
      fail(cause);
      return;
    }
    const gate = child.stdio[3];
    if (gate instanceof Writable) write(gate, 'go\n');
    write(child.stdin, command.stdin ?? '');
  });
}

/** The reader may end without reading, which is its own affair. */
function write(stream: Writable, data: string | Buffer): void {
  stream.on('error', (error) => {
    if (!['EPIPE', 'ECONNRESET'].includes(errorCode(error) ?? '')) stream.destroy();
  });
  stream.end(data);
}

function keepHead(stream: NodeJS.ReadableStream, limitBytes: number, onExceeded: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < limitBytes) chunks.push(chunk.subarray(0, limitBytes - bytes));
    bytes += chunk.length;
    if (bytes > limitBytes) onExceeded();
  });
  return () => Buffer.concat(chunks);
}

/** The leader may be gone while a child of its still runs, so the group is asked, not the leader. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
