import type { InspectionCheck, InspectionWarning } from '../../contracts/inspection.ts';
import { describeCheck, describePassing, nameOf } from './describe-check.ts';
import { brokenThrow, isSolvable } from './first-fault.ts';

/** Fewer checks than this let wrong candidates through by chance. */
const FEW_ASSERTIONS = 3;

/** What a task is not dropped for. `assertions` null = they cannot be counted. */
export function warningsOf(
  checks: readonly InspectionCheck[],
  assertions: number | null,
): InspectionWarning[] {
  const of = (wanted: InspectionCheck['check']) => checks.filter(({ check }) => check === wanted);
  const warnings: InspectionWarning[] = [];
  const warn = (kind: InspectionWarning['kind'], detail: string) => warnings.push({ kind, detail });
  const extended = describePassing(checks, 'extended');
  if (extended !== null) {
    warn('extended-passes', extended);
  }
  if (assertions !== null && assertions < FEW_ASSERTIONS) {
    warn('few-assertions', `${assertions} found`);
  }
  if (!isSolvable(checks)) {
    const given = of('given').length;
    warn(
      'no-solution',
      given === 0
        ? 'none is known'
        : given === 1
          ? 'the given candidate does not pass'
          : `none of ${given} given candidates passes`,
    );
  }
  if (checks.every(({ check }) => check === 'reference' || check === 'given')) {
    warn('no-probes', 'only solution and flakiness were checked');
  }
  const broken = brokenThrow(checks);
  if (broken !== undefined && isSolvable(checks)) {
    warn('probe-does-not-compile', describeCheck(broken));
  }
  const dummies = of('dummy');
  if (
    broken === undefined &&
    dummies.length > 0 &&
    dummies.every(({ outcome }) => outcome === 'compile-error')
  ) {
    warn('no-dummy-ran', dummies.map(nameOf).join(', '));
  }
  return warnings;
}
