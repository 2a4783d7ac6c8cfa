import type { ExecuteProgress } from '../../pipeline/execute/execute-candidates.ts';
import { bar, type ProgressLine } from './progress-line.ts';
import { withCommas } from './table.ts';

/** Shows a run's progress: bar, count, rate of executions, and the time that is left at that rate. */
export function executeStatus(
  progress: ProgressLine,
  now: () => number = () => performance.now(),
): { readonly update: (state: ExecuteProgress) => void; readonly interrupted: (goesOn: string) => void } {
  let startedAtMs: number | null = null;
  let last: ExecuteProgress | null = null;
  return {
    update: (state) => {
      last = state;
      if (state.phase === 'reading') {
        progress.status(`reading samples: ${withCommas(state.done)}`);
        return;
      }
      if (state.phase === 'generating') {
        progress.status(
          `${bar(state.done, state.total ?? 0)} sample ${withCommas(state.done)} of ${withCommas(state.total ?? 0)}`,
        );
        return;
      }
      if (state.phase === 'writing' || state.total === null) {
        progress.status('writing');
        return;
      }
      startedAtMs ??= now();
      const executed = state.done - state.reused;
      const perSecond = executed / Math.max(0.001, (now() - startedAtMs) / 1000);
      const left = (state.total - state.done) / perSecond;
      const rate =
        executed < 2 ? '' : `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s, ${duration(left)} left`;
      const reused = state.reused === 0 ? '' : ` (${withCommas(state.reused)} on record)`;
      progress.status(
        `${bar(state.done, state.total)} executed ${withCommas(state.done)} of ${withCommas(state.total)}${reused}${rate}`,
      );
    },
    interrupted: (goesOn) => {
      if (last?.phase === 'generating') {
        progress.note(
          'interrupted: what the embedded engine drew for finished tasks is on record, the same command goes on',
        );
      }
      if (last?.phase === 'executing') {
        progress.note(
          `interrupted: ${withCommas(last.done)} of ${withCommas(last.total ?? 0)} are on record, ${goesOn}`,
        );
      }
    },
  };
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}
