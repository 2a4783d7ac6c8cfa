import type { Candidate } from '../contracts/candidate.ts';
import type { Execution } from '../contracts/execution.ts';
import type { Task, TestProgram } from '../contracts/task.ts';
import { CodejuryError, throwIfAborted } from '../errors.ts';
import type { RunReport } from './language-runner.ts';
import { type Limits, resolveLimits } from './limits.ts';
import { openLanguageRunner } from './open-language-runner.ts';
import type { Sandbox } from './sandbox.ts';
import { createTurnstile } from './turnstile.ts';

export interface ExecuteRequest {
  readonly sandbox: Sandbox;
  readonly task: Task;
  readonly candidate: Pick<Candidate, 'id' | 'code'>;
  /** Unset ones have their defaults. */
  readonly limits?: Partial<Limits>;
  readonly signal: AbortSignal;
}

/** One for the whole process: what a run alone needs for itself is the machine's cores. */
const turnstile = createTurnstile();

/**
 * Runs a candidate against its task's tests. After a timeout, or when the machinery failed, it is run once more with no
 * other candidate beside it, and the second result counts.
 *
 * @throws {CodejuryError} `usage` for a task without tests, `capability` for a language without a runner or a task that
 *   needs files, `sandbox` when the language's interpreter is missing, `aborted`.
 */
export async function executeCandidate(request: ExecuteRequest): Promise<Execution> {
  const { sandbox, task, candidate, signal } = request;
  const tests = testsOf(task);
  const limits = resolveLimits(request.limits);
  throwIfAborted(signal);
  const runner = await openLanguageRunner(sandbox, task.language);
  const run = () => withFaults(() => runner.run(candidate.code, tests, { limits, signal }));
  const first = await turnstile.shared(run);
  const isFinal = first.outcome !== 'timeout' && first.outcome !== 'sandbox-error';
  const last = isFinal ? first : await turnstile.alone(run);
  return { candidateId: candidate.id, ...last, attempts: isFinal ? 1 : 2 };
}

function testsOf(task: Task): TestProgram {
  if (task.tests === null) {
    throw new CodejuryError('usage', `task ${task.id} has no tests to execute`, {
      hint: 'give tests with --tests FILE, or remove "tests" from the gates',
    });
  }
  if (task.resources !== null && Object.keys(task.resources).length > 0) {
    throw new CodejuryError('capability', `task ${task.id} needs files, which no runner provides so far`);
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
