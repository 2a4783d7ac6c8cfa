import { spawn } from 'node:child_process';
import { throwIfAborted } from '../errors.ts';
import type { Environment } from './environment.ts';
import { errorCode } from './error-code.ts';

export interface ProgramRequest {
  /** A program on the PATH or a path to one; no shell is involved. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Environment;
  readonly cwd?: string;
  /** After this many milliseconds the program and its children are killed. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ProgramResult {
  /** Null when a signal or the time limit ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** The last {@link MAXIMUM_OUTPUT_BYTES} of each stream. */
  readonly stdout: string;
  readonly stderr: string;
}

export type RunProgram = (request: ProgramRequest) => Promise<ProgramResult>;

/** What is kept of each stream: the end of it, where programs say what went wrong. */
export const MAXIMUM_OUTPUT_BYTES = 256 * 1024;

/**
 * Runs a trusted helper program to its end and collects what it printed. Generated code never runs here.
 *
 * @throws {CodejuryError} `aborted` when the signal fired; the system's error (ENOENT, …) when it cannot be started.
 */
export const runProgram: RunProgram = (request) => {
  throwIfAborted(request.signal);
  return new Promise((resolve, reject) => {
    const ownGroup = process.platform !== 'win32';
    const child = spawn(request.command, request.args, {
      env: { ...request.env },
      ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: ownGroup,
      windowsHide: true,
    });
    const stdout = keepTail(child.stdout);
    const stderr = keepTail(child.stderr);
    let timedOut = false;
    const kill = () => {
      if (child.pid === undefined) return;
      if (ownGroup) killGroup(child.pid);
      else child.kill('SIGKILL');
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, request.timeoutMs);
    request.signal?.addEventListener('abort', kill, { once: true });
    const settle = () => {
      clearTimeout(timer);
      request.signal?.removeEventListener('abort', kill);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (exitCode) => {
      settle();
      try {
        throwIfAborted(request.signal);
      } catch (error) {
        reject(error);
        return;
      }
      resolve({ exitCode, timedOut, stdout: stdout(), stderr: stderr() });
    });
  });
};

/** The leader may be gone while a child of its still holds the pipes, so the group is asked, not the leader. */
function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function keepTail(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let keptBytes = 0;
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    keptBytes += chunk.length;
    while (keptBytes - (chunks[0]?.length ?? 0) >= MAXIMUM_OUTPUT_BYTES) {
      keptBytes -= chunks.shift()?.length ?? 0;
    }
  });
  return () => Buffer.concat(chunks).subarray(-MAXIMUM_OUTPUT_BYTES).toString('utf8');
}
