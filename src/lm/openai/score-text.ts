import { CodejuryError } from '../../errors.ts';
import type { TextScore } from '../language-model.ts';
import { asArray, asNumber, asRecord, asString, at } from './json-access.ts';
import { NEUTRAL_FIELDS } from './neutral-sampling.ts';
import type { ServerModel } from './server-model.ts';
import { parseTokenPositions, type TokenPosition } from './token-positions.ts';

/** How a server tells the log-probabilities of a prompt: OpenAI's `echo`, or vLLM's own field. */
export type PromptScoring = 'echo' | 'prompt_logprobs';

/**
 * log p(text | prompt) from /completions. One token is generated and ignored: several servers refuse to generate none, or
 * take 0 for "no limit". A token that spans the boundary counts to the text.
 *
 * @throws {CodejuryError} `capability` when the answer holds no log-probabilities of the prompt, or for an empty prompt
 *   (the first token has no probability); `server` when its tokens do not spell the text.
 */
export async function scoreText(
  server: ServerModel,
  method: PromptScoring,
  prompt: string,
  text: string,
  signal: AbortSignal,
): Promise<TextScore> {
  if (prompt === '' || text === '') {
    throw new CodejuryError('usage', 'scoreText: expected a prompt and a text, received an empty one');
  }
  const fields = method === 'echo' ? { echo: true, logprobs: 1 } : { prompt_logprobs: 0 };
  const body = { prompt: prompt + text, max_tokens: 1, temperature: 1, top_p: 1, ...fields };
  const answer = await server.post('/completions', body, NEUTRAL_FIELDS, signal);
  const [choice] = asArray(at(answer, 'choices'));
  const positions =
    method === 'echo'
      ? echoedPositions(choice, prompt + text, asNumber(at(answer, 'usage', 'prompt_tokens')))
      : promptPositions(choice);
  if (positions === null) {
    throw new CodejuryError(
      'capability',
      `${server.connection.baseUrl} does not return the log-probabilities of a prompt`,
    );
  }
  return sumOver(positions, Buffer.from(text), server.options.name);
}

/** The positions of the prompt, without the generated one. Null when the server did not echo. */
function echoedPositions(
  choice: unknown,
  sent: string,
  promptTokens: number | null,
): readonly TokenPosition[] | null {
  const positions = parseTokenPositions(at(choice, 'logprobs'));
  const echoed = asString(at(choice, 'text'));
  if (positions === null || echoed === null || !echoed.startsWith(sent)) {
    return null;
  }
  // Servers differ in whether the generated token is listed; the count of the prompt's tokens decides where it is told.
  const generated = echoed.length > sent.length ? 1 : 0;
  const extra = promptTokens === null ? generated : positions.length - promptTokens;
  return extra === 0 || extra === 1 ? positions.slice(0, positions.length - extra) : null;
}

/** vLLM: a list with one `{tokenId: {logprob, decoded_token}}` per token, null for the first. */
function promptPositions(choice: unknown): readonly TokenPosition[] | null {
  const entries = asArray(at(choice, 'prompt_logprobs')).map((entry) => Object.values(asRecord(entry))[0]);
  const positions = entries.slice(1).map((entry) => ({
    token: at(entry, 'decoded_token'),
    logprob: at(entry, 'logprob'),
  }));
  return parseTokenPositions({ content: positions });
}

/** Walks backwards, so that a begin-of-text token in front does not matter. */
function sumOver(positions: readonly TokenPosition[], text: Buffer, name: string): TextScore {
  let logProbability = 0;
  let tokenCount = 0;
  let length = 0;
  for (const position of positions.toReversed()) {
    if (length >= text.length) {
      break;
    }
    if (position.logProbability === null) {
      throw new CodejuryError('server', `${name}: a token of the text has no log-probability`);
    }
    logProbability += position.logProbability;
    length += position.bytes.length;
    tokenCount += 1;
  }
  const spelled = Buffer.concat(
    positions.slice(positions.length - tokenCount).map((position) => position.bytes),
  );
  if (!spelled.subarray(spelled.length - text.length).equals(text)) {
    throw new CodejuryError('server', `${name}: the tokens returned for the prompt do not spell the text`);
  }
  return { logProbability, tokenCount };
}
