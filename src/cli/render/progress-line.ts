import { styleText } from 'node:util';
import { visibleLine } from '../../util/visible-text.ts';

/** Plain mode: at most one status line in this many milliseconds, so that a log stays readable. */
const PLAIN_EVERY_MS = 5000;

/** Shows what is going on, on stderr, without disturbing what is printed. */
export interface ProgressLine {
  /** What is happening now; replaces the line before on a terminal, at most every few seconds otherwise. */
  readonly status: (text: string) => void;
  /** Something worth keeping. */
  readonly note: (text: string) => void;
  /** Removes the status and gives the terminal back. */
  readonly done: () => void;
}

/** A progress line on the given stream. `quiet` shows notes alone. */
export function openProgress(
  stream: NodeJS.WriteStream = process.stderr,
  options: { readonly quiet?: boolean; readonly now?: () => number } = {},
): ProgressLine {
  const now = options.now ?? (() => performance.now());
  const isTerminal = stream.isTTY === true;
  let shown = false;
  // What is done within the first seconds needs no report.
  let lastPlainMs = now();

  const clear = () => {
    if (shown) {
      stream.write('\r\u001b[2K\u001b[?25h');
      shown = false;
    }
  };
  // The cursor must come back however the process ends.
  process.once('exit', clear);

  return {
    status: (text) => {
      if (options.quiet) {
        return;
      }
      if (isTerminal) {
        // A terminal that does not know its width says 0.
        const width = (stream.columns || 80) - 1;
        stream.write(`\r\u001b[?25l\u001b[2K${visibleLine(text).slice(0, width)}`);
        shown = true;
      } else if (now() - lastPlainMs >= PLAIN_EVERY_MS) {
        lastPlainMs = now();
        stream.write(`${visibleLine(text)}\n`);
      }
    },
    note: (text) => {
      clear();
      stream.write(`${styleText('dim', visibleLine(text), { stream })}\n`);
    },
    done: () => {
      clear();
      process.off('exit', clear);
    },
  };
}

/** `[████░░░░] 41 %` of the given number of cells; an unknown total shows no bar. */
export function bar(done: number, total: number | null, cells = 20): string {
  if (total === null || total <= 0) {
    return '';
  }
  const share = Math.min(1, Math.max(0, done / total));
  const full = Math.round(share * cells);
  return `[${'█'.repeat(full)}${'░'.repeat(cells - full)}] ${Math.floor(share * 100)} %`;
}
