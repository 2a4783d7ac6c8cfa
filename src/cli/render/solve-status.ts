import type { OnSolveEvent } from '../../pipeline/solve-events.ts';
import { bar, type ProgressLine } from './progress-line.ts';
import { plural } from './table.ts';

/** Turns what happens during a solve into one status line: samples drawn, candidates, judgements. */
export function solveStatus(progress: ProgressLine): OnSolveEvent {
  let drawn = 0;
  let tokens = 0;
  let candidates = 0;
  let judgements = 0;
  let requested = 0;
  return (event) => {
    if (event.kind === 'notice') {
      progress.note(`note: ${event.text}`);
      return;
    }
    if (event.kind === 'escalating') {
      progress.note(`no candidate reached the minimum score, asking ${event.model}`);
      return;
    }
    if (event.kind === 'sample') {
      drawn += 1;
      tokens += event.sample.tokenCount ?? 0;
      requested = event.requested;
    } else if (event.kind === 'candidate') {
      candidates += event.rejected === null ? 1 : 0;
    } else {
      judgements += 1;
    }
    progress.status(
      `${bar(drawn, requested)} ${drawn} of ${plural(requested, 'sample')} (${plural(tokens, 'token')}), ${plural(candidates, 'candidate')}, ${plural(judgements, 'judgement')}`,
    );
  };
}
