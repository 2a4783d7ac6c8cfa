import type { Outcome } from '../../contracts/execution.ts';
import type { InspectionCheck, NotInspectedReason, TaskInspection } from '../../contracts/inspection.ts';
import type { Task } from '../../contracts/task.ts';
import { CodejuryError } from '../../errors.ts';
import { type Limits, runLimitMs } from '../../execute/limits.ts';
import { countAssertions } from '../../tasks/inspect/count-assertions.ts';
import type { Probe } from '../../tasks/inspect/probe.ts';
import { candidateId } from '../../util/candidate-id.ts';
import type { Recorder } from '../execute/recorded-execution.ts';
import { firstFault, isSolvable } from './first-fault.ts';
import { type ProgramRun, repeatRuns } from './repeat-runs.ts';
import { warningsOf } from './warnings-of.ts';

/** A candidate that somebody hands in for a task. */
export interface GivenCandidate {
  readonly code: string;
  /** What is said of its tests; null = nothing. */
  readonly passed: boolean | null;
}

export interface InspectionTools {
  /** Runs each program once, or finds its record. */
  readonly recorder: Recorder;
  /** Runs a program again, whatever is on record. */
  readonly repeater: Pick<Recorder, 'execute'>;
  /** Null = none can be made. */
  readonly probesOf: (task: Task) => readonly Probe[] | null;
  readonly limits: Partial<Limits>;
  /** How often a passing and a failing program are run; below 2 nothing is compared. */
  readonly runs: number;
  readonly signal: AbortSignal;
}

/**
 * Inspects one task. All its probes are run, also after one that drops it; only the repeated runs are for tasks that nothing else
 * is wrong with.
 *
 * @throws {CodejuryError} `sandbox`, `aborted`. What a task needs and its runner lacks is a result.
 */
export async function inspectTask(
  task: Task,
  given: readonly GivenCandidate[],
  tools: InspectionTools,
): Promise<TaskInspection> {
  if (task.tests === null) {
    return notInspected(task, [], 'no-tests', 'the task has no tests');
  }
  const runs: ProgramRun[] = [];
  try {
    await runPrograms(task, given, tools, runs);
    return await conclude(task, runs, tools);
  } catch (error) {
    if (!(error instanceof CodejuryError) || error.code !== 'capability') throw error;
    return notInspected(task, runs, 'cannot-run', error.message);
  }
}

async function runPrograms(
  task: Task,
  given: readonly GivenCandidate[],
  { recorder, probesOf, limits, signal }: InspectionTools,
  runs: ProgramRun[],
): Promise<void> {
  let measuredLimitMs: number | null = null;
  const run = async (check: InspectionCheck['check'], body: string, code: string): Promise<Outcome> => {
    const id = candidateId(task.id, code);
    const request = { task, candidate: { id, code }, limits, measuredLimitMs, seed: 0 };
    const { outcome, feedback, durationMs } =
      (await recorder.find(request)) ?? (await recorder.execute(request, signal));
    runs.push({
      check: { check, body: check === 'given' ? id : body, outcome, feedback, durationMs },
      request,
    });
    // Whatever solves the task says how long a candidate may take.
    if (outcome === 'passed' && (check === 'reference' || check === 'given')) {
      measuredLimitMs ??= runLimitMs(durationMs, task.benchmark);
    }
    return outcome;
  };
  if (task.canonical !== null) {
    await run('reference', '', task.canonical);
  }
  let someFails = false;
  for (const { code, passed } of inOrderOfUse(given)) {
    const somePasses = isSolvable(checksOf(runs));
    // One that passes and one that fails are enough.
    const isNeeded = (!somePasses && passed !== false) || (!someFails && passed !== true);
    if (!isNeeded) continue;
    const outcome = await run('given', '', code);
    someFails ||= outcome !== 'passed' && outcome !== 'compile-error';
  }
  for (const { kind, body, code } of probesOf(task) ?? []) {
    await run(kind, body, code);
  }
}

/** Those that are said to pass, those nothing is said of, those that are said to fail. */
function inOrderOfUse(given: readonly GivenCandidate[]): readonly GivenCandidate[] {
  const rank = ({ passed }: GivenCandidate) => (passed === null ? 1 : passed ? 0 : 2);
  return given.toSorted((a, b) => rank(a) - rank(b));
}

async function conclude(
  task: Task,
  runs: readonly ProgramRun[],
  { runs: times, repeater, signal }: InspectionTools,
): Promise<TaskInspection> {
  const checks = checksOf(runs);
  if (checks.length === 0) {
    return notInspected(task, runs, 'nothing-to-run', 'no solution, no probe, no candidate');
  }
  const early = firstFault(checks, []);
  const broken = checks.find(({ outcome }) => outcome === 'sandbox-error');
  if (early === null && broken !== undefined) {
    return notInspected(task, runs, 'sandbox-error', broken.feedback?.message ?? 'no details');
  }
  const repeats = early === null ? await repeatRuns(runs, times, repeater, signal) : [];
  const fault = early ?? firstFault(checks, repeats);
  return {
    ...resultOf(task, runs),
    verdict: fault === null ? 'kept' : 'dropped',
    reason: fault?.reason ?? null,
    evidence: fault?.evidence ?? null,
    repeats,
    warnings: warningsOf(checks, countAssertions(task)),
  };
}

function notInspected(
  task: Task,
  runs: readonly ProgramRun[],
  reason: NotInspectedReason,
  evidence: string,
): TaskInspection {
  return {
    ...resultOf(task, runs),
    verdict: 'not-inspected',
    reason,
    evidence,
    repeats: [],
    warnings: [],
  };
}

function resultOf(task: Task, runs: readonly ProgramRun[]) {
  const checks = checksOf(runs);
  const reference = checks.find(({ check, outcome }) => check === 'reference' && outcome === 'passed');
  return { taskId: task.id, checks, referenceMs: reference?.durationMs ?? null };
}

function checksOf(runs: readonly ProgramRun[]): InspectionCheck[] {
  return runs.map(({ check }) => check);
}
