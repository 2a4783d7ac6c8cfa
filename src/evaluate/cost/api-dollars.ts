/** What one answer takes of a model that is paid by the token. Prices are the user's: none come with the program. */
export interface ApiUse {
  readonly promptTokensPerAnswer: number;
  /** All samples of an answer together. */
  readonly answerTokensPerAnswer: number;
  readonly dollarsPerMillionPromptTokens: number;
  readonly dollarsPerMillionAnswerTokens: number;
}

/**
 * Dollars for one answer.
 *
 * @throws {RangeError} for negative numbers.
 */
export function apiDollarsPerAnswer(use: ApiUse): number {
  for (const [name, value] of Object.entries(use)) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${name}: expected 0 or more, received ${value}`);
    }
  }
  const prompt = use.promptTokensPerAnswer * use.dollarsPerMillionPromptTokens;
  const answer = use.answerTokensPerAnswer * use.dollarsPerMillionAnswerTokens;
  return (prompt + answer) / 1e6;
}
