import type { StageEvent } from '../../pipeline/study/run-stages.ts';
import { duration } from './execute-status.ts';
import { bar, type ProgressLine } from './progress-line.ts';

/** Tells what happens in a study: a line for each stage that ends, and one that says what is going on. */
export function studyStatus(progress: ProgressLine): (event: StageEvent) => void {
  return (event) => {
    if (event.kind === 'planned') return;
    const { title } = event.stage;
    switch (event.kind) {
      case 'reused':
        progress.note(`${title}: on record`);
        break;
      case 'started':
        if (event.changed.length > 0)
          progress.note(`${title}: again, for it has changed: ${event.changed.join(', ')}`);
        progress.status(title);
        break;
      case 'progress': {
        const { what, done, total } = event.progress;
        progress.status(
          `${bar(done, total)} ${title}: ${what} ${done}${total === null ? '' : ` of ${total}`}`.trim(),
        );
        break;
      }
      case 'notice':
        progress.note(`${title}: ${event.text}`);
        break;
      case 'finished':
        progress.note(`${title}: done in ${duration(event.durationMs / 1000)}`);
        break;
    }
  };
}
