import type { FinishReason } from '../../contracts/sample.ts';
import { asArray, asString, at } from './json-access.ts';
import { parseTokenPositions, type TokenPosition } from './token-positions.ts';

/** One choice of an answer, put together from the pieces of a stream or from a whole one. */
export interface CollectedChoice {
  readonly text: string;
  /** As the server worded it; null while the choice is unfinished. */
  readonly finish: string | null;
  readonly finishReason: FinishReason;
  /** Null when the server sent none. */
  readonly positions: readonly TokenPosition[] | null;
}

export interface ChoiceCollector {
  readonly add: (choice: unknown) => void;
  readonly read: () => CollectedChoice;
}

/** Reads `delta.content`, `message.content` and `text`; reasoning fields never become part of the text. */
export function createChoiceCollector(): ChoiceCollector {
  let text = '';
  let finish: string | null = null;
  let stopReason: unknown = null;
  const positions: TokenPosition[] = [];
  return {
    add(choice) {
      const content =
        at(choice, 'delta', 'content') ?? at(choice, 'message', 'content') ?? at(choice, 'text');
      text += contentText(content);
      positions.push(...(parseTokenPositions(at(choice, 'logprobs')) ?? []));
      finish =
        asString(at(choice, 'finish_reason')) ?? asString(at(choice, 'finish_reason', 'type')) ?? finish;
      stopReason = at(choice, 'stop_reason') ?? at(choice, 'matched_stop') ?? stopReason;
    },
    read: () => ({
      text,
      finish,
      finishReason: finishReasonOf(finish, stopReason),
      positions: positions.length === 0 ? null : positions,
    }),
  };
}

/** Some servers send a list of typed parts; only those of type text count. */
function contentText(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  return asArray(content)
    .map((part) => (at(part, 'type') === 'text' ? (asString(at(part, 'text')) ?? '') : ''))
    .join('');
}

/** `stop` covers end of text and stop string; vLLM and SGLang tell them apart by the string that matched. */
function finishReasonOf(finish: string | null, stopReason: unknown): FinishReason {
  switch (finish) {
    case 'stop':
      return typeof stopReason === 'string' ? 'stop-string' : 'stop';
    case 'eos':
    case 'eos_token':
    case 'end_turn':
      return 'stop';
    case 'stop_sequence':
      return 'stop-string';
    case 'length':
    case 'max_tokens':
      return 'length';
    default:
      return 'unknown';
  }
}
