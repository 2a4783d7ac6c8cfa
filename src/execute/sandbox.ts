import type { Environment } from '../io/environment.ts';
import type { Limits } from './limits.ts';

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

export interface SandboxCommand {
  /** Program (absolute path, as seen inside) and arguments; no shell reads them. */
  readonly argv: readonly [string, ...string[]];
  /** Nothing (an empty stream) by default. */
  readonly stdin?: string | Buffer;
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
   * False for runtimes that reserve far more than they use (JVM, Node).
   */
  readonly capAddressSpace?: boolean;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** `exit`: by itself, of whatever signal or code; anything else: what was exceeded, or the signal fired. */
export type EndedBy = 'exit' | 'wall-time' | 'cpu-time' | 'output' | 'memory' | 'aborted';

export interface SandboxResult {
  /** Null when a signal ended the sandbox itself. 128 + n where signal n ended the command inside. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The first `outputBytes` of each stream. */
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly endedBy: EndedBy;
  /** Wall time in milliseconds, the sandbox's own start and end included. */
  readonly durationMs: number;
}

/** Runs commands that nobody trusts. Holds nothing open between runs. */
export interface Sandbox {
  readonly kind: 'bubblewrap' | 'none';
  readonly protections: readonly Protection[];
  /** The environment it was opened with: where to look for interpreters. Never handed to a command. */
  readonly hostEnv: Environment;
  /**
   * Runs the command to its end; when this resolves, its processes and its scratch space are gone.
   *
   * @throws {CodejuryError} `sandbox` when the machinery fails. What the command does is a result, never an exception.
   */
  run(command: SandboxCommand): Promise<SandboxResult>;
}
