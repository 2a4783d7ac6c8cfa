import { styleText } from 'node:util';
import { visibleLine } from '../../util/visible-text.ts';

/** Between two drawings, in milliseconds: what the eye can follow. */
const DRAW_EVERY_MS = 100;

/** The clock and rates move on though nothing happens. */
const TICK_MS = 1000;

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_BELOW = '\u001b[0J';

/** Some lines at the end of what a terminal shows, drawn again and again, and lines above them that stay. */
export interface LiveLines {
  /** Something has changed. */
  readonly update: () => void;
  /** A line that stays. */
  readonly note: (text: string) => void;
  /** Draws once more and gives the terminal back; what was drawn last stays. Nothing is drawn afterwards. */
  readonly done: () => void;
  /** The same without drawing: somebody else has written to the terminal. */
  readonly freeze: () => void;
}

/**
 * Draws to a terminal.
 *
 * @param draw the lines at present, at most as wide and as many as it is told; nobody may have written commands into them
 */
export function openLiveLines(
  stream: NodeJS.WriteStream,
  draw: (columns: number, rows: number) => readonly string[],
  now: () => number = () => performance.now(),
): LiveLines {
  let drawn: readonly string[] = [];
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  let later: NodeJS.Timeout | null = null;
  let isOpen = true;

  // A terminal that does not know its size says 0.
  const columns = () => stream.columns || 80;
  const rows = () => stream.rows || 24;
  /** Up to the first line of the last drawing: made narrower, a terminal has broken lines in two. */
  const back = (): string => {
    const up = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil([...line].length / columns())), 0);
    return `${up > 0 ? `\u001b[${up}A` : ''}\r${CLEAR_BELOW}`;
  };
  const redraw = (above = ''): void => {
    const start = back();
    drawn = draw(columns() - 1, rows() - 1).map(visibleLine);
    drawnAtMs = now();
    stream.write(`${HIDE_CURSOR}${start}${above}${drawn.map((line) => `${line}\n`).join('')}`);
  };
  const update = (): void => {
    if (!isOpen || later !== null) return;
    later = setTimeout(
      () => {
        later = null;
        if (isOpen) redraw();
      },
      Math.max(0, DRAW_EVERY_MS - (now() - drawnAtMs)),
    );
    later.unref();
  };
  const showCursor = () => stream.write(SHOW_CURSOR);
  const resized = () => redraw();
  const tick = setInterval(update, TICK_MS);
  tick.unref();
  stream.on('resize', resized);
  // The cursor must come back however the process ends.
  process.once('exit', showCursor);

  const close = (): void => {
    isOpen = false;
    clearInterval(tick);
    if (later !== null) clearTimeout(later);
    stream.off('resize', resized);
    process.off('exit', showCursor);
    showCursor();
  };
  return {
    update,
    note: (text) => {
      const line = `${styleText('dim', visibleLine(text), { stream })}\n`;
      if (isOpen) redraw(line);
      else stream.write(line);
    },
    done: () => {
      if (!isOpen) return;
      redraw();
      close();
    },
    freeze: () => {
      if (isOpen) close();
    },
  };
}
