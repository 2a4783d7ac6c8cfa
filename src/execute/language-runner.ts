import type { Feedback, Outcome } from '../contracts/execution.ts';
import type { Task, TestProgram } from '../contracts/task.ts';
import type { Limits } from './limits.ts';

/** What one run of a candidate showed. */
export interface RunReport {
  readonly outcome: Outcome;
  /** Null when it passed. */
  readonly feedback: Feedback | null;
  /** Milliseconds of the candidate itself, without the start of sandbox and interpreter; of everything where unknown. */
  readonly durationMs: number;
}

export interface RunOptions {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /**
   * What the language leaves to chance (order of hashed sets) is the same for equal seeds. Default 0. Runs under several
   * seeds show whether a verdict depends on it.
   */
  readonly seed?: number;
  /** Nothing that other candidates have used: for a second attempt, since they may be what kept the first one from its end. */
  readonly alone?: boolean;
}

/** One program to run: `tests.before + code + "\n" + tests.after`, with the files the task brings along. */
export interface Program {
  readonly code: string;
  readonly tests: TestProgram;
  readonly task: Pick<Task, 'id' | 'entryPoint' | 'signature' | 'resources' | 'metadata'>;
}

export interface RunnerDescription {
  /** For example `JDK 17.0.15, javatuples`. */
  readonly detail: string;
  /** What is missing for some of the language's tasks, and how to get it; null for nothing. */
  readonly hint: string | null;
}

/** What is particular to executing one language in a sandbox. Each call is one run; trying again is the caller's. */
export interface LanguageRunner {
  readonly language: string;
  /** What decides a verdict besides program and limits, e.g. `python 3.11.2`: part of the key of recorded results. */
  readonly fingerprint: string;
  /** What the language needs more (or less) of than the defaults; what the user set goes before it. */
  readonly limits?: Partial<Limits>;
  /** What a user should know of its verdicts, e.g. that an exit code alone decides. */
  readonly notes?: readonly string[];
  /**
   * Runs the program.
   *
   * @throws {CodejuryError} `sandbox` when the machinery fails, `aborted` when the signal fired, `capability` for what this
   *   runner cannot do.
   */
  run(program: Program, options: RunOptions): Promise<RunReport>;
  /** Compiles without running: `passed`, `compile-error`, or what kept the compiler from its end. */
  compile(program: Program, options: RunOptions): Promise<RunReport>;
  /** For people: the programs behind it, with their versions, and what would make it better. */
  describe?(): Promise<RunnerDescription>;
  /** Ends whatever it keeps warm. */
  close(): Promise<void>;
}
