import type { TokenPosition } from './token-positions.ts';

export interface TokenSummary {
  readonly tokenCount: number;
  /** Mean natural-log probability per token; null for an empty text or unusable numbers. */
  readonly meanLogProbability: number | null;
}

/**
 * Counts the positions that make up the text and averages them. What follows the text (end-of-text token, parts of a
 * stop string) does not count. Null when the positions do not spell the text (hidden reasoning, a cut list): then they
 * say nothing about it. Numbers that are all exactly 0 are what servers send that do not compute any: mean null.
 *
 * llama.cpp lists the tokens of one non-ASCII character as a single entry with the number of the last. So such a text
 * has a summary only if the list is as long as the server's own count.
 *
 * @param generatedTokens the server's count for this answer, its end included; null = it does not say
 */
export function summariseTokens(
  positions: readonly TokenPosition[],
  text: string,
  generatedTokens: number | null,
): TokenSummary | null {
  if (Buffer.byteLength(text) > text.length && positions.length !== generatedTokens) {
    return null;
  }
  const wanted = Buffer.from(text);
  const spelled = Buffer.concat(positions.map((position) => position.bytes));
  // Detokenisers of SentencePiece models drop the space before the first word.
  const skipped = spelled[0] === 0x20 && wanted[0] !== 0x20 ? 1 : 0;
  if (!spelled.subarray(skipped, skipped + wanted.length).equals(wanted)) {
    return null;
  }
  let sum = 0;
  let tokenCount = 0;
  let length = 0;
  for (const { bytes, logProbability } of positions) {
    if (length >= wanted.length + skipped || wanted.length === 0) {
      break;
    }
    if (logProbability === null) {
      return null;
    }
    length += bytes.length;
    sum += logProbability;
    tokenCount += 1;
  }
  return { tokenCount, meanLogProbability: sum === 0 ? null : sum / tokenCount };
}
