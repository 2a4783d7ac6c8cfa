import {
  type DropReason,
  dropReasonSchema,
  type InspectionCheck,
  type RepeatedRun,
  type TaskInspection,
} from '../../contracts/inspection.ts';
import { describeFeedback } from '../describe-feedback.ts';

/** Why a task is dropped. */
export interface Fault {
  readonly reason: DropReason;
  readonly evidence: string;
}

type Subject = Pick<InspectionCheck, 'check' | 'body'>;

/** What is wrong with a task, by the first check in the paper's order that says so; null = nothing that was seen. */
export function firstFault(
  checks: readonly InspectionCheck[],
  repeats: readonly RepeatedRun[],
): Fault | null {
  for (const reason of dropReasonSchema.options) {
    const evidence = reason === 'flaky' ? flakiness(repeats) : EVIDENCE[reason](checks);
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

/** What ran, in words. */
export function nameOf({ check, body }: Subject): string {
  if (check === 'reference') return 'its own solution';
  if (check === 'given') return `candidate ${body}`;
  return body === '' ? 'an empty body' : `\`${body.replace(/\s*\n\s*/g, '; ')}\``;
}

/** `failed: f(1) gave 2, expected 3` */
export function describeOutcome({
  outcome,
  feedback,
}: Pick<InspectionCheck, 'outcome' | 'feedback'>): string {
  return feedback === null ? outcome : `${outcome}: ${describeFeedback(feedback)}`;
}

const EVIDENCE: Readonly<
  Record<Exclude<DropReason, 'flaky'>, (checks: readonly InspectionCheck[]) => string | null>
> = {
  'reference-fails': (checks) => {
    const failing = checks.find(({ check, outcome }) => check === 'reference' && outcome !== 'passed');
    return failing === undefined || failing.outcome === 'sandbox-error'
      ? null
      : `${nameOf(failing)}: ${describeOutcome(failing)}`;
  },
  'empty-passes': (checks) => describePassing(checks, 'empty'),
  'dummy-passes': (checks) => describePassing(checks, 'dummy'),
  'tests-do-not-compile': (checks) => {
    // Where something passes, the tests do compile, and the probe is what is wrong.
    const throwing = isSolvable(checks) ? undefined : checks.find(isBrokenThrow);
    return throwing === undefined ? null : `${nameOf(throwing)}: ${describeOutcome(throwing)}`;
  },
  'throwing-passes': (checks) => describePassing(checks, 'throwing'),
};

/** A throwing body that does not compile. */
export function isBrokenThrow({ check, outcome }: InspectionCheck): boolean {
  return check === 'throwing' && outcome === 'compile-error';
}

/** Which programs of a kind pass; null = none. */
export function describePassing(
  checks: readonly InspectionCheck[],
  wanted: InspectionCheck['check'],
): string | null {
  const passing = checks.filter(({ check, outcome }) => check === wanted && outcome === 'passed');
  return passing.length === 0
    ? null
    : `${passing.map(nameOf).join(', ')} ${passing.length === 1 ? 'passes' : 'pass'} all tests`;
}

function flakiness(repeats: readonly RepeatedRun[]): string | null {
  const flaky = repeats.map(describeRepeats).filter((text) => text !== null);
  return flaky.length === 0 ? null : flaky.join('; ');
}

/** `its own solution: passed 4 times, failed once`; null when all runs agree. The sandbox's own faults say nothing. */
function describeRepeats(run: RepeatedRun): TaskInspection['evidence'] {
  const counts = Map.groupBy(
    run.outcomes.filter((outcome) => outcome !== 'sandbox-error'),
    (outcome) => outcome,
  );
  const parts = [...counts].map(
    ([outcome, { length }]) => `${outcome} ${length === 1 ? 'once' : `${length} times`}`,
  );
  return parts.length < 2 ? null : `${nameOf(run)}: ${parts.join(', ')}`;
}
