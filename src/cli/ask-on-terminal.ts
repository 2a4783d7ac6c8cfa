import { createInterface } from 'node:readline/promises';
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

/** A dialogue with whoever sits at the other end of two streams. */
export function openConversation(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Conversation {
  const lines = createInterface({ input, output });
  const gone = new AbortController();
  lines.once('close', () => gone.abort());
  let isInterrupted = false;
  lines.once('SIGINT', () => {
    isInterrupted = true;
    lines.close();
  });
  const hear = async (prompt: string): Promise<string> => {
    try {
      return (await lines.question(prompt, { signal: gone.signal })).trim();
    } catch (cause) {
      if (!gone.signal.aborted) throw cause;
      output.write('\n');
      if (isInterrupted) throw new CodejuryError('aborted', 'interrupted', { cause });
      throw new CodejuryError('usage', 'the input ended before every question had its answer', {
        hint: 'nothing was written; --yes takes the defaults without asking',
        cause,
      });
    }
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
    close: () => lines.close(),
  };
}
