import type { Feedback } from '../contracts/execution.ts';
import type { Language } from '../lang/language.ts';
import { hoistImports } from './hoist-imports.ts';
import type { LanguageRunner } from './language-runner.ts';
import { resolveLimits } from './limits.ts';
import type { ExecuteRequest } from './open-executor.ts';

/** Milliseconds a compiler may take. */
export const COMPILE_LIMIT_MS = 60_000;

const NO_TESTS = { before: '', after: '' };

/** `compile` of an executor. */
export async function compileCandidate(
  request: ExecuteRequest,
  language: Language,
  openRunner: () => Promise<LanguageRunner>,
): Promise<Feedback | null> {
  const { task, candidate, signal } = request;
  const runner = await openRunner();
  const limits = resolveLimits({ ...runner.limits, ...request.limits, wallTimeMs: COMPILE_LIMIT_MS });
  const program = hoistImports(language, { code: candidate.code, tests: task.tests ?? NO_TESTS, task });
  const report = await runner.compile(program, { limits, signal });
  return report.feedback;
}
