import type { Execution } from '../contracts/execution.ts';
import type { Task, TestProgram } from '../contracts/task.ts';
import { CodejuryError } from '../errors.ts';
import type { Language } from '../lang/language.ts';
import { hoistImports } from './hoist-imports.ts';
import type { LanguageRunner, RunReport } from './language-runner.ts';
import { resolveLimits } from './limits.ts';
import type { ExecuteRequest } from './open-executor.ts';
import type { Turnstile } from './turnstile.ts';
import { withoutAddresses } from './without-addresses.ts';

/** `execute` of an executor: one run, and a second one alone where the first may be the machine's fault. */
export async function executeCandidate(
  request: ExecuteRequest,
  language: Language,
  openRunner: () => Promise<LanguageRunner>,
  turnstile: Turnstile,
): Promise<Execution> {
  const { task, candidate, signal, seed = 0 } = request;
  const tests = testsOf(task);
  // What is wrong in them is told before anything is opened.
  resolveLimits(request.limits);
  const runner = await openRunner();
  const limits = resolveLimits({ ...runner.limits, ...request.limits });
  const program = hoistImports(language, { code: candidate.code, tests, task });
  const run = (alone: boolean) => withFaults(() => runner.run(program, { limits, signal, seed, alone }));
  const first = await turnstile.shared(() => run(false));
  const isFinal = first.outcome !== 'timeout' && first.outcome !== 'sandbox-error';
  const last = isFinal ? first : await turnstile.alone(() => run(true));
  const feedback = withoutAddresses(last.feedback);
  return { candidateId: candidate.id, ...last, feedback, attempts: isFinal ? 1 : 2 };
}

function testsOf(task: Task): TestProgram {
  if (task.tests === null) {
    throw new CodejuryError('usage', `task ${task.id} has no tests to execute`, {
      hint: 'give tests with --tests FILE, or remove "tests" from the gates',
    });
  }
  return task.tests;
}

/** A fault of the machinery in the middle of a run is this one candidate's `sandbox-error`. */
async function withFaults(run: () => Promise<RunReport>): Promise<RunReport> {
  const startedAt = performance.now();
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof CodejuryError) || error.code !== 'sandbox') throw error;
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    return {
      outcome: 'sandbox-error',
      feedback: {
        kind: 'sandbox',
        line: null,
        message: `${error.message}${cause}`,
        input: null,
        expected: null,
        actual: null,
      },
      durationMs: performance.now() - startedAt,
    };
  }
}
