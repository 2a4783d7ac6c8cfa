import type { Candidate, Rejection } from '../contracts/candidate.ts';
import type { Execution } from '../contracts/execution.ts';
import type { Task } from '../contracts/task.ts';
import type { TeamConfig } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import type { Executor } from '../execute/open-executor.ts';
import { describeFeedback } from './describe-feedback.ts';

export interface GateRequest {
  readonly task: Task;
  readonly candidate: Pick<Candidate, 'id' | 'code'>;
  readonly gates: TeamConfig['gates'];
  /** Null where no gate runs code. */
  readonly executor: Executor | null;
  readonly signal: AbortSignal;
}

export interface GateResult {
  readonly rejected: Rejection | null;
  /** What the gate `tests` saw; null without it. */
  readonly execution: Execution | null;
}

/**
 * Sends one candidate through the gates that run code. (`parse` was decided when the sample was cleaned.)
 *
 * @throws {CodejuryError} `usage` for the gate `tests` and a task without tests; `sandbox` when there is none, or when
 *   the machinery itself failed.
 */
export async function passGates(request: GateRequest): Promise<GateResult> {
  const { task, candidate, gates, signal } = request;
  if (gates.every((gate) => gate === 'parse')) {
    return { rejected: null, execution: null };
  }
  const { executor } = request;
  if (executor === null) {
    throw new Error('a gate runs code, and no executor was opened');
  }
  if (gates.includes('compile')) {
    const feedback = await executor.compile({ task, candidate, signal });
    if (feedback !== null) {
      return { rejected: { reason: 'gate-compile', detail: describeFeedback(feedback) }, execution: null };
    }
  }
  if (!gates.includes('tests')) {
    return { rejected: null, execution: null };
  }
  if (task.tests === null) {
    throw new CodejuryError('usage', `the team has the gate "tests", but task ${task.id} has no tests`, {
      hint: 'give tests with --tests FILE, or remove "tests" from the gates',
    });
  }
  const execution = await executor.execute({ task, candidate, signal });
  if (execution.outcome === 'sandbox-error') {
    throw new CodejuryError('sandbox', `the sandbox failed: ${execution.feedback?.message ?? 'no details'}`, {
      hint: '`codejury doctor` says which protections work here',
    });
  }
  if (execution.outcome === 'passed') {
    return { rejected: null, execution };
  }
  const detail =
    execution.feedback === null
      ? execution.outcome
      : `${execution.outcome}: ${describeFeedback(execution.feedback)}`;
  return { rejected: { reason: 'gate-tests', detail }, execution };
}
