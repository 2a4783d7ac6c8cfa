import type { Environment } from '../../io/environment.ts';
import type { Limits } from '../limits.ts';

/** One thing a sandbox does, or fails to do, to contain a run. */
export interface Protection {
  readonly name: string;
  readonly active: boolean;
  /** For people: how it is enforced, or what its absence means. */
  readonly detail: string;
}

/** A host path shown inside at `target`. It must be readable by everyone: a root user's runs lose root's rights. */
export interface ReadOnlyBind {
  readonly source: string;
  readonly target: string;
}

/** A file put into the working folder before the command starts. Only codejury itself must be able to read its source. */
export interface SandboxFile {
  /** Relative to the working folder, `/` between folders, without `..`. */
  readonly path: string;
  readonly content: string | Buffer;
  /** Default false: nothing inside can change, replace or remove it. Bubblewrap only. */
  readonly writable?: boolean;
}

export interface SandboxCommand {
  /** Program (absolute path, as seen inside) and arguments; no shell reads them. Its working folder is the scratch folder. */
  readonly argv: readonly [string, ...string[]];
  readonly files?: readonly SandboxFile[];
  readonly readOnlyBinds?: readonly ReadOnlyBind[];
  /** Added to a bare PATH, HOME, LANG and TMPDIR; nothing of the host's environment is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * True = `/proc` is there, read-only: a JVM needs it. Default false: without it no process can look into another's
   * memory and descriptors through files.
   */
  readonly proc?: boolean;
  /**
   * True (default) = each process's address space is capped at memoryBytes, which gives Python a clean MemoryError.
   * False for runtimes that reserve far more than they use (JVM, Node): what they could write is capped, higher.
   */
  readonly capAddressSpace?: boolean;
  /**
   * True = the command is process 1 of its own process numbers: nothing inside can kill it, orphans become its children,
   * and it may end everything else with `kill(-1)`. Bubblewrap only; default false.
   */
  readonly isInit?: boolean;
  readonly limits: Limits;
}

/** A command that runs to its end. */
export interface SandboxRun extends SandboxCommand {
  /** Nothing (an empty stream) by default. */
  readonly stdin?: string | Buffer;
  readonly signal: AbortSignal;
}

/** `exit`: by itself, of whatever signal or code; anything else: what was exceeded, or the signal fired. */
export type EndedBy = 'exit' | 'wall-time' | 'cpu-time' | 'output' | 'memory' | 'aborted';

/** How a sandbox ended. When it is told, all its processes and its scratch space are gone. */
export interface SandboxEnd {
  /** Null when a signal ended the sandbox itself. 128 + n where signal n ended the command inside. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The first `outputBytes` of it. */
  readonly stderr: Buffer;
  readonly endedBy: EndedBy;
  /** Wall time in milliseconds, the sandbox's own start and end included. */
  readonly durationMs: number;
}

export interface SandboxResult extends SandboxEnd {
  /** The first `outputBytes` of it. */
  readonly stdout: Buffer;
}

/** A command that is being talked to. */
export interface SandboxProcess {
  /** Called with every piece of stdout. Pieces that come before the first listener is set are kept for it. */
  onStdout(listener: (chunk: Buffer) => void): void;
  /** Sends to stdin; without effect once the process does not read any more. */
  write(data: string | Buffer): void;
  /** Closes stdin. */
  closeStdin(): void;
  /** Kills everything inside; the first reason counts. */
  kill(reason: EndedBy): void;
  /** How many of its processes were killed for want of memory so far; 0 where no cgroup counts them. */
  memoryKills(): number;
  /** Rejects with a CodejuryError `sandbox` when the machinery fails. */
  readonly ended: Promise<SandboxEnd>;
}

/** Runs commands that nobody trusts. Holds nothing open between them. */
export interface Sandbox {
  readonly kind: 'bubblewrap' | 'container' | 'none';
  readonly protections: readonly Protection[];
  /** The environment it was opened with: where to look for interpreters. Never handed to a command. */
  readonly hostEnv: Environment;
  /**
   * True = nothing that runs inside can harm the process that was started with `isInit`, or outlive its `kill(-1)`: it may
   * serve one candidate after another. Otherwise every candidate needs a sandbox of its own.
   */
  readonly canReuse?: boolean;
  /**
   * Runs the command to its end; when this resolves, its processes and its scratch space are gone.
   *
   * @throws {CodejuryError} `sandbox` when the machinery fails. What the command does is a result, never an exception.
   */
  run(command: SandboxRun): Promise<SandboxResult>;
  /**
   * Starts a command to talk to: a server for many candidates, or a process that waits for its one. Only memory, processes,
   * scratch space and file size are limited; time and output are the caller's, who must `kill` it.
   */
  start(command: SandboxCommand): SandboxProcess;
}
