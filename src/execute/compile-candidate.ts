import type { Feedback } from '../contracts/execution.ts';
import { throwIfAborted } from '../errors.ts';
import type { ExecuteRequest } from './execute-candidate.ts';
import { resolveLimits } from './limits.ts';
import { openLanguageRunner } from './open-language-runner.ts';

/** Milliseconds a compiler may take. */
const COMPILE_LIMIT_MS = 60_000;

const NO_TESTS = { before: '', after: '' };

/**
 * Compiles a candidate, in its place between the task's tests where there are any, and runs nothing. Null when it
 * compiles; else why not (kind `wall-time` or `memory` when the compiler did not get to its end).
 *
 * @throws {CodejuryError} `capability` for a language without a runner, `sandbox`, `aborted`.
 */
export async function compileCandidate(request: ExecuteRequest): Promise<Feedback | null> {
  const { sandbox, task, candidate, signal } = request;
  const limits = resolveLimits({ wallTimeMs: COMPILE_LIMIT_MS, ...request.limits });
  throwIfAborted(signal);
  const runner = await openLanguageRunner(sandbox, task.language);
  const report = await runner.compile(candidate.code, task.tests ?? NO_TESTS, { limits, signal });
  return report.feedback;
}
