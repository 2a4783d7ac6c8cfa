import {
  type DropReason,
  dropReasonSchema,
  type InspectionCheck,
  type RepeatedRun,
} from '../../contracts/inspection.ts';
import { describeCheck, describePassing, nameOf } from './describe-check.ts';

/** Why a task is dropped. */
export interface Fault {
  readonly reason: DropReason;
  /** In words, with what ran and what came out. */
  readonly evidence: string;
}

/** What is wrong with a task, by the first check in the paper's order that says so; null = nothing that was seen. */
export function firstFault(
  checks: readonly InspectionCheck[],
  repeats: readonly RepeatedRun[],
): Fault | null {
  for (const reason of dropReasonSchema.options) {
    const evidence = EVIDENCE[reason](checks, repeats);
    if (evidence !== null) return { reason, evidence };
  }
  return null;
}

/** Whether the checks say that a solution of the task can pass its tests. */
export function isSolvable(checks: readonly InspectionCheck[]): boolean {
  return checks.some(
    ({ check, outcome }) => (check === 'reference' || check === 'given') && outcome === 'passed',
  );
}

/** The throwing body, where it does not compile. */
export function brokenThrow(checks: readonly InspectionCheck[]): InspectionCheck | undefined {
  return checks.find(({ check, outcome }) => check === 'throwing' && outcome === 'compile-error');
}

type Evidence = (checks: readonly InspectionCheck[], repeats: readonly RepeatedRun[]) => string | null;

const EVIDENCE: Readonly<Record<DropReason, Evidence>> = {
  'reference-fails': (checks) => {
    const reference = checks.find(({ check }) => check === 'reference');
    return reference === undefined || ['passed', 'sandbox-error'].includes(reference.outcome)
      ? null
      : describeCheck(reference);
  },
  'empty-passes': (checks) => describePassing(checks, 'empty'),
  'dummy-passes': (checks) => describePassing(checks, 'dummy'),
  'tests-do-not-compile': (checks) => {
    // Where something passes, the tests do compile, and the probe is what is wrong.
    const broken = isSolvable(checks) ? undefined : brokenThrow(checks);
    return broken === undefined ? null : describeCheck(broken);
  },
  'throwing-passes': (checks) => describePassing(checks, 'throwing'),
  flaky: (_checks, repeats) =>
    repeats
      .map(disagreement)
      .filter((text) => text !== null)
      .join('; ') || null,
};

/** `its own solution: passed 4 times, failed once`; null when all runs agree. The sandbox's own faults say nothing. */
function disagreement(run: RepeatedRun): string | null {
  const outcomes = run.outcomes.filter((outcome) => outcome !== 'sandbox-error');
  const parts = [...Map.groupBy(outcomes, (outcome) => outcome)].map(
    ([outcome, { length }]) => `${outcome} ${length === 1 ? 'once' : `${length} times`}`,
  );
  return parts.length < 2 ? null : `${nameOf(run)}: ${parts.join(', ')}`;
}
