import type { Feedback, Outcome } from '../contracts/execution.ts';
import type { TestProgram } from '../contracts/task.ts';
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
}

/** What is particular to executing one language in a sandbox. Each call is one run; trying again is the caller's. */
export interface LanguageRunner {
  readonly language: string;
  /**
   * Runs `before + code + "\n" + after`.
   *
   * @throws {CodejuryError} `sandbox` when the machinery fails, `aborted` when the signal fired.
   */
  run(code: string, tests: TestProgram, options: RunOptions): Promise<RunReport>;
  /** Compiles without running: `passed`, `compile-error`, or what kept the compiler from its end. */
  compile(code: string, tests: TestProgram, options: RunOptions): Promise<RunReport>;
}
