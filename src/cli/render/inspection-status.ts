import type { InspectProgress } from '../../pipeline/inspect/run-inspect.ts';
import { duration } from './execute-status.ts';
import { bar, type ProgressLine } from './progress-line.ts';
import { withCommas } from './table.ts';

/** Shows an inspection's progress: bar, tasks done and dropped, the time that is left at this rate. */
export function inspectionStatus(
  progress: ProgressLine,
  now: () => number = () => performance.now(),
): (state: InspectProgress) => void {
  const startedAtMs = now();
  return ({ done, total, dropped }) => {
    const left = ((total - done) * (now() - startedAtMs)) / 1000 / done;
    progress.status(
      `${bar(done, total)} inspected ${withCommas(done)} of ${withCommas(total)} tasks, ${withCommas(dropped)} dropped, ${duration(left)} left`,
    );
  };
}
