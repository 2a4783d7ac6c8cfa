import type { Feedback, Outcome } from '../contracts/execution.ts';
import type { TestProgram } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import type { Limits } from './limits.ts';
import { openPythonRunner } from './python-runner.ts';
import type { Sandbox } from './sandbox.ts';

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

const openers: Readonly<Record<string, (sandbox: Sandbox) => Promise<LanguageRunner>>> = {
  python: openPythonRunner,
};

const opened = new WeakMap<Sandbox, Map<string, Promise<LanguageRunner>>>();

/**
 * The runner of a language in a sandbox, opened at the first call and kept as long as the sandbox.
 *
 * @throws {CodejuryError} `capability` for a language without a runner; `sandbox` when its interpreter is missing.
 */
export async function languageRunner(sandbox: Sandbox, language: string): Promise<LanguageRunner> {
  const open = Object.hasOwn(openers, language) ? openers[language] : undefined;
  if (open === undefined) {
    throw new CodejuryError('capability', `${language} cannot be executed: only Python has a runner so far`, {
      hint: 'leave "compile" and "tests" out of the gates; runners for Java, JavaScript, TypeScript and configured commands come next',
    });
  }
  const runners = opened.get(sandbox) ?? new Map<string, Promise<LanguageRunner>>();
  opened.set(sandbox, runners);
  const runner = runners.get(language) ?? open(sandbox);
  runners.set(language, runner);
  // Whatever failed may be repaired by the next call.
  runner.catch(() => runners.delete(language));
  return runner;
}
