import type { CollectedChoice } from './collect-choice.ts';

/** Learns from a server's answers where they begin. */
export interface AnswerWatch {
  readonly see: (choice: CollectedChoice) => void;
  /** True once an answer has shown that the text holds no reasoning which the prompt had opened. */
  readonly beginsOutsideReasoning: () => boolean;
}

const CLOSING_TAG = /<\/[a-z_]+>/i;

/**
 * A chat template may open reasoning, and a server that does not take reasoning apart sends it as text: up to a closing tag without an
 * opening one. So an answer that ended by itself and has no closing tag began outside. The template is always the same, one answer is enough.
 */
export function createAnswerWatch(): AnswerWatch {
  let isSeen = false;
  return {
    see: ({ text, finishReason }) => {
      isSeen ||= finishReason === 'stop' && text.trim() !== '' && !CLOSING_TAG.test(text);
    },
    beginsOutsideReasoning: () => isSeen,
  };
}
