import type { StageEvent } from '../../pipeline/study/run-stages.ts';
import { duration } from './execute-status.ts';
import { openLiveLines } from './live-lines.ts';
import { bar, openProgress } from './progress-line.ts';
import { createStudyBoard } from './study-board.ts';

/** Tells what happens in a study. */
export interface StudyProgress {
  readonly onEvent: (event: StageEvent) => void;
  /** A line that stays. */
  readonly note: (text: string) => void;
  /** Gives the terminal back. */
  readonly done: () => void;
}

/** A dashboard on a terminal; elsewhere lines, a stage's how far it is every few seconds. `quiet` shows notices alone. */
export function openStudyProgress(
  stream: NodeJS.WriteStream,
  { quiet, signal }: { readonly quiet: boolean; readonly signal: AbortSignal },
): StudyProgress {
  return stream.isTTY === true && !quiet ? onTerminal(stream, signal) : inLines(stream, quiet);
}

function onTerminal(stream: NodeJS.WriteStream, signal: AbortSignal): StudyProgress {
  const board = createStudyBoard();
  const live = openLiveLines(stream, board.lines);
  // The first Ctrl-C is answered below the board, which is not drawn over it.
  signal.addEventListener('abort', live.freeze, { once: true });
  return {
    onEvent: (event) => {
      board.update(event);
      const line = lineOf(event);
      if (line === null) live.update();
      else live.note(line);
    },
    note: live.note,
    done: () => {
      signal.removeEventListener('abort', live.freeze);
      live.done();
    },
  };
}

function inLines(stream: NodeJS.WriteStream, quiet: boolean): StudyProgress {
  const progress = openProgress(stream, { quiet });
  return {
    onEvent: (event) => {
      const line = lineOf(event);
      if (line !== null && (!quiet || event.kind === 'notice' || event.kind === 'started'))
        progress.note(line);
      if (event.kind !== 'progress') return;
      const { what, done, total } = event.progress;
      const count = total === null ? what : `${what} ${done} of ${total}`;
      progress.status(`${bar(done, total)} ${event.stage.title}: ${count}`.trim());
    },
    note: progress.note,
    done: progress.done,
  };
}

/** What is worth a line that stays; null = nothing. */
function lineOf(event: StageEvent): string | null {
  switch (event.kind) {
    case 'reused':
      return `${event.stage.title}: on record`;
    case 'finished':
      return `${event.stage.title}: done in ${duration(event.durationMs / 1000)}`;
    case 'notice':
      return `${event.stage.title}: ${event.text}`;
    case 'started':
      return event.changed.length === 0
        ? null
        : `${event.stage.title}: runs again, for this has changed: ${event.changed.join(', ')}`;
    default:
      return null;
  }
}
