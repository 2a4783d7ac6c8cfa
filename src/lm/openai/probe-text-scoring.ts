import { CodejuryError } from '../../errors.ts';
import { isRefusal } from './is-refusal.ts';
import { asArray, asString, at } from './json-access.ts';
import { NEUTRAL_FIELDS, neutralSampling } from './neutral-sampling.ts';
import { type PromptScoring, scoreText } from './score-text.ts';
import { ServerFault } from './server-fault.ts';
import type { ServerModel } from './server-model.ts';
import { parseTokenPositions } from './token-positions.ts';

export interface TextScoringReport {
  /** Null when the server cannot score a given text. */
  readonly method: PromptScoring | null;
  /** One sentence: what was seen. */
  readonly reason: string;
}

/** Goes on with one very likely token, which after itself is very unlikely: a shifted list cannot pass. */
const PROMPT = 'The capital of France is Paris. The capital of Italy is Rome. The capital of Spain is';
const METHODS: readonly PromptScoring[] = ['echo', 'prompt_logprobs'];
/** Prompt and generation run through different kernels; a shifted list is off by far more. */
const TOLERANCE = 0.25;

/**
 * Finds how the server scores a given text, and checks the numbers: the likeliest next token must score as
 * part of a prompt what it scored when it was generated. (Lists shifted by one position exist, and look plausible.)
 *
 * @throws {CodejuryError} what is not the endpoint's refusal: server down, key refused, unknown model, `aborted`.
 */
export async function probeTextScoring(server: ServerModel, signal: AbortSignal): Promise<TextScoringReport> {
  const next = await likeliestNext(server, signal);
  if (typeof next === 'string') {
    return { method: null, reason: next };
  }
  let reason = '';
  for (const method of METHODS) {
    const scored = await refusalOf(() => scoreText(server, method, PROMPT, next.text, signal));
    if (typeof scored !== 'string' && Math.abs(scored.logProbability - next.logProbability) <= TOLERANCE) {
      return { method, reason: `${method} returns the log-probabilities of a prompt, and they are right` };
    }
    reason =
      typeof scored !== 'string'
        ? `${method} returns log-probabilities that are not those of the tokens (${scored.logProbability.toFixed(2)} for a token generated with ${next.logProbability.toFixed(2)})`
        : reason || scored;
  }
  return { method: null, reason };
}

async function likeliestNext(
  server: ServerModel,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly logProbability: number } | string> {
  const body = {
    prompt: PROMPT,
    max_tokens: 1,
    temperature: 1,
    top_p: 1,
    seed: 0,
    logprobs: 5,
    ...neutralSampling(server.info.kind, 0),
  };
  const answer = await refusalOf(() => server.post('/completions', body, NEUTRAL_FIELDS, signal));
  if (typeof answer === 'string') {
    return `/completions: ${answer}`;
  }
  const [choice] = asArray(at(answer, 'choices'));
  const likeliest = parseTokenPositions(at(choice, 'logprobs'))?.[0]?.top[0];
  return likeliest === undefined || asString(at(choice, 'text')) === null
    ? '/completions leaves log-probabilities out'
    : { text: likeliest.bytes.toString(), logProbability: likeliest.logProbability };
}

/** The result, or in words why the server declined. */
async function refusalOf<T>(run: () => Promise<T>): Promise<T | string> {
  try {
    return await run();
  } catch (error) {
    const unreadable =
      error instanceof CodejuryError && !(error instanceof ServerFault) && error.code !== 'aborted';
    if (isRefusal(error)) {
      return error.details.said || error.message;
    }
    if (unreadable) {
      return error.message;
    }
    throw error;
  }
}
