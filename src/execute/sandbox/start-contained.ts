import { type ChildProcess, type IOType, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { CodejuryError } from '../../errors.ts';
import { errorCode } from '../../io/error-code.ts';
import type { Limits } from '../limits.ts';
import { type Cgroup, type CgroupParents, createCgroup } from './cgroup.ts';
import { leakedDescriptors } from './leaked-descriptors.ts';
import type { EndedBy, SandboxEnd, SandboxProcess } from './sandbox.ts';

/** A process to start: the sandbox program itself, or with `--sandbox none` the command. */
export interface ContainedCommand {
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Whose rights it runs with; null = this process's own. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  readonly cgroups: CgroupParents | null;
  /** What it can read at descriptor {@link FIRST_INPUT}, at the next one, and so on. */
  readonly inputs: readonly (string | Buffer)[];
  /** True = a stderr longer than the limit ends it; false = what is too long is read and forgotten. */
  readonly endsOnLongStderr: boolean;
}

/** The descriptor of a contained command's first input. */
export const FIRST_INPUT = 4;

const GATE_DESCRIPTOR = 3;

/** Waits until it was put into its cgroup: nothing it starts can be outside. End of file means that codejury died. */
const GATE = `read -r go <&${GATE_DESCRIPTOR} && exec ${GATE_DESCRIPTOR}<&- "$@"`;

/** Exit status by which sandbox programs pass on that SIGXCPU ended the command. */
const SIGXCPU_STATUS = 128 + 24;

/** How long the streams may stay open once the process has ended and its group was killed. */
const CLOSE_GRACE_MS = 1_000;

let nullDescriptor: number | null = null;

/**
 * Starts a process in its own process group, with its cgroup, and kills the group at its end. The limits of single processes
 * are the caller's ({@link limitScript}), and so are time and output.
 */
export function startContained(contained: ContainedCommand, limits: Limits): SandboxProcess {
  const startedAt = performance.now();
  const cgroup = contained.cgroups === null ? null : makeCgroup(contained.cgroups, limits);
  let child: ChildProcess;
  try {
    child = spawnGated(contained, cgroup !== null);
  } catch (cause) {
    void cgroup?.remove();
    throw cannotRun(contained, cause);
  }
  const [stdin, stdout, stderr] = child.stdio as unknown as [Writable, Readable, Readable];
  let endedBy: EndedBy = 'exit';
  let memoryKills = 0;
  const kill = (reason: EndedBy) => {
    if (endedBy === 'exit') endedBy = reason;
    killGroup(child);
  };
  const output = bufferUntilHeard(stdout);
  const errors = keepHead(stderr, limits.outputBytes, () => {
    if (contained.endsOnLongStderr) kill('output');
  });
  stdin.on('error', (error) => {
    // The reader may end without reading, which is its own affair.
    if (!['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(errorCode(error) ?? '')) stdin.destroy();
  });
  const closed = new Promise<SandboxEnd>((resolve, reject) => {
    let closing: NodeJS.Timeout | undefined;
    const fail = (cause: unknown) => {
      clearTimeout(closing);
      killGroup(child);
      reject(cannotRun(contained, cause));
    };
    child.once('error', fail);
    child.once('exit', () => {
      // Children it left behind: they hold the streams open, and nothing they say counts.
      killGroup(child);
      closing = setTimeout(() => {
        for (const stream of [stdout, stderr]) stream.destroy();
      }, CLOSE_GRACE_MS);
    });
    child.once('close', (exitCode, signal) => {
      clearTimeout(closing);
      memoryKills = cgroup?.memoryKills() ?? 0;
      if (endedBy === 'exit' && (exitCode === SIGXCPU_STATUS || signal === 'SIGXCPU')) endedBy = 'cpu-time';
      if (endedBy === 'exit' && exitCode !== 0 && memoryKills > 0) endedBy = 'memory';
      resolve({
        exitCode,
        signal,
        stderr: errors(),
        endedBy,
        durationMs: performance.now() - startedAt,
      });
    });
    if (child.pid === undefined) return;
    try {
      cgroup?.add(child.pid);
    } catch (cause) {
      fail(cause);
      return;
    }
    feed(child.stdio[GATE_DESCRIPTOR], 'go\n');
    for (const [index, input] of contained.inputs.entries()) feed(child.stdio[FIRST_INPUT + index], input);
  });
  const ended = closed.finally(() =>
    cgroup?.remove().catch((cause: unknown) => {
      throw new CodejuryError('sandbox', 'a sandbox did not end after it was killed', { cause });
    }),
  );
  // Whoever does not look at the end does not want to know of it.
  ended.catch(() => undefined);
  return {
    onStdout: output,
    write: (data) => {
      if (stdin.writable) stdin.write(data);
    },
    closeStdin: () => stdin.end(),
    kill,
    memoryKills: () => Math.max(memoryKills, cgroup?.memoryKills() ?? 0),
    ended,
  };
}

function spawnGated(contained: ContainedCommand, gated: boolean): ChildProcess {
  const [program, ...args] = gated
    ? (['/bin/sh', '-c', GATE, 'sh', ...contained.argv] as const)
    : contained.argv;
  return spawn(program, args, {
    env: { ...contained.env },
    cwd: contained.cwd,
    ...contained.user,
    detached: true,
    stdio: withoutLeaks([
      'pipe',
      'pipe',
      'pipe',
      gated ? 'pipe' : 'ignore',
      ...contained.inputs.map(() => 'pipe' as const),
    ]),
  });
}

/** Has `/dev/null` take the place of descriptors that would be inherited; nothing closes them on the way. */
function withoutLeaks(stdio: readonly ('pipe' | 'ignore')[]): (IOType | number)[] {
  const leaks = leakedDescriptors().filter((descriptor) => stdio[descriptor] !== 'pipe');
  if (leaks.length === 0) return [...stdio];
  nullDescriptor ??= openSync('/dev/null', 'r');
  const filled: (IOType | number)[] = [...stdio];
  while (filled.length <= Math.max(...leaks)) filled.push('ignore');
  for (const descriptor of leaks) filled[descriptor] = nullDescriptor;
  return filled;
}

function makeCgroup(parents: CgroupParents, limits: Limits): Cgroup {
  try {
    return createCgroup(parents, limits);
  } catch (cause) {
    throw new CodejuryError('sandbox', `cannot make a cgroup in ${parents.memory ?? parents.pids}`, {
      cause,
    });
  }
}

function cannotRun(contained: ContainedCommand, cause: unknown): CodejuryError {
  return new CodejuryError('sandbox', `cannot run ${contained.argv[0]} for a sandbox`, { cause });
}

function feed(stream: unknown, data: string | Buffer): void {
  const pipe = stream as Writable | null | undefined;
  pipe?.on('error', () => pipe.destroy());
  pipe?.end(data);
}

function bufferUntilHeard(stream: Readable): (listener: (chunk: Buffer) => void) => void {
  let early: Buffer[] = [];
  let heard: ((chunk: Buffer) => void) | null = null;
  stream.on('data', (chunk: Buffer) => {
    if (heard === null) early.push(chunk);
    else heard(chunk);
  });
  return (listener) => {
    heard = listener;
    for (const chunk of early) listener(chunk);
    early = [];
  };
}

/** Keeps the beginning of a stream and reads on, so that the writer never waits. */
function keepHead(stream: Readable, limitBytes: number, onExceeded: () => void): () => Buffer {
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
