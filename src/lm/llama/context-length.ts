import { CodejuryError } from '../../errors.ts';

/**
 * Makes sure that a prompt and what is to be evaluated after it fit, before anything is evaluated.
 *
 * @throws {CodejuryError} `context-length` with the tokens needed and available.
 */
export function checkContextLength(
  name: string,
  {
    prompt,
    answer,
    available,
  }: { readonly prompt: number; readonly answer: number; readonly available: number },
): void {
  const needed = prompt + answer;
  if (needed > available) {
    throw new CodejuryError(
      'context-length',
      `${name} needs ${needed} tokens (${prompt} of prompt and ${answer} to answer), its context holds ${available}`,
      { hint: 'shorten the task or its context files, lower maxTokens, or set a larger contextSize' },
    );
  }
}
