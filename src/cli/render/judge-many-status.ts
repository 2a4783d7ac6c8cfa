import type { JudgeManyProgress } from '../../pipeline/judge-many/run-judge-many.ts';
import { bar, type ProgressLine } from './progress-line.ts';
import { withCommas } from './table.ts';

/** Shows a run's progress: bar, count, rate of verdicts, and the time that is left at that rate. */
export function judgeManyStatus(
  progress: ProgressLine,
  now: () => number = () => performance.now(),
): (state: JudgeManyProgress) => void {
  let startedAtMs: number | null = null;
  return (state) => {
    switch (state.kind) {
      case 'reading':
        progress.status(`reading candidates: ${withCommas(state.lines)}`);
        break;
      case 'loading':
        progress.status('loading the judges');
        break;
      case 'writing':
        progress.status('writing');
        break;
      case 'judging': {
        startedAtMs ??= now();
        const perSecond = state.done / Math.max(0.001, (now() - startedAtMs) / 1000);
        const rate =
          state.done < 10
            ? ''
            : `, ${perSecond.toFixed(1)}/s, ${Math.ceil((state.total - state.done) / perSecond)} s left`;
        progress.status(
          `${bar(state.done, state.total)} ${withCommas(state.done)} of ${withCommas(state.total)} verdicts${rate}`,
        );
      }
    }
  };
}
