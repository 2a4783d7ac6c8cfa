import { createInterface } from 'node:readline';
import { CodejuryError } from '../errors.ts';

/** What somebody is asked, see {@link Conversation}. */
interface Question {
  readonly text: string;
  /** Taken for an empty answer. */
  readonly default: string;
  /** What is wrong with an answer, in words; null = nothing. */
  readonly faultOf: (answer: string) => string | null;
}

export interface Conversation {
  /**
   * Asks until there is an answer without fault; blanks around it are dropped.
   *
   * @throws {CodejuryError} `usage` when the input ends, `aborted` after Ctrl-C.
   */
  readonly ask: (question: Question) => Promise<string>;
  close(): void;
}

/**
 * A dialogue with whoever sits at the other end of two streams. Lines that come before they are asked for wait.
 *
 * @param signal ends it like Ctrl-C
 */
export function openConversation(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Conversation {
  const lines = createInterface({ input, output });
  const said: string[] = [];
  let end: 'open' | 'input' | 'interrupt' = 'open';
  let wake = (): void => undefined;
  lines.on('line', (line) => {
    said.push(line.trim());
    wake();
  });
  const interrupt = (): void => {
    end = 'interrupt';
    lines.close();
  };
  // A terminal that hands on single keys gives Ctrl-C to whoever reads it, not to the process.
  lines.once('SIGINT', interrupt);
  signal.addEventListener('abort', interrupt, { once: true });
  lines.once('close', () => {
    if (end === 'open') end = 'input';
    wake();
  });
  const hear = async (prompt: string): Promise<string> => {
    if (end === 'open') {
      lines.setPrompt(prompt);
      lines.prompt();
    }
    while (said.length === 0 && end === 'open') {
      await new Promise<void>((heard) => {
        wake = heard;
      });
    }
    const line = said.shift();
    if (line !== undefined) return line;
    output.write('\n');
    if (end === 'interrupt') throw new CodejuryError('aborted', 'interrupted');
    throw new CodejuryError('usage', 'the input ended before every question had its answer', {
      hint: 'nothing was written; --yes takes the defaults without asking',
    });
  };
  return {
    ask: async ({ text, default: usual, faultOf }) => {
      for (;;) {
        const answer = (await hear(`${text} [${usual}]: `)) || usual;
        const fault = faultOf(answer);
        if (fault === null) return answer;
        output.write(`  ${fault}\n`);
      }
    },
    close: () => {
      signal.removeEventListener('abort', interrupt);
      lines.close();
    },
  };
}
