import type { InspectionCheck, RepeatedRun } from '../../contracts/inspection.ts';
import type { ExecutionRequest, Recorder } from '../execute/recorded-execution.ts';

/** A program that was run, and what came out. */
export interface ProgramRun {
  readonly check: InspectionCheck;
  readonly request: ExecutionRequest;
}

/**
 * Runs one program that passed and one that failed again, under the seeds 1 to `times` - 1; the outcome that is known already
 * is that of seed 0. Programs that do not compile are not repeated.
 */
export async function repeatRuns(
  runs: readonly ProgramRun[],
  times: number,
  recorder: Pick<Recorder, 'execute'>,
  signal: AbortSignal,
): Promise<RepeatedRun[]> {
  if (times < 2) return [];
  const repeats: RepeatedRun[] = [];
  for (const run of [passingRun(runs), failingRun(runs)]) {
    if (run === undefined) continue;
    const { check, body, outcome } = run.check;
    const outcomes = [outcome];
    for (let seed = 1; seed < times; seed++) {
      outcomes.push((await recorder.execute({ ...run.request, seed }, signal)).outcome);
    }
    repeats.push({ check, body, outcomes });
  }
  return repeats;
}

function passingRun(runs: readonly ProgramRun[]): ProgramRun | undefined {
  return runs.find(
    ({ check: { check, outcome } }) => outcome === 'passed' && (check === 'reference' || check === 'given'),
  );
}

/** Somebody's wrong candidate goes deeper into the tests than a constant, and that deeper than an exception. */
function failingRun(runs: readonly ProgramRun[]): ProgramRun | undefined {
  const kinds: readonly InspectionCheck['check'][] = ['given', 'dummy', 'empty', 'throwing'];
  const failing = runs.filter(
    ({ check: { outcome } }) => !['passed', 'compile-error', 'sandbox-error'].includes(outcome),
  );
  return kinds.flatMap((kind) => failing.filter(({ check }) => check.check === kind))[0];
}
