import { isRefusal } from './is-refusal.ts';
import { asArray, at } from './json-access.ts';
import { NEUTRAL_FIELDS, neutralSampling } from './neutral-sampling.ts';
import { logprobFields, type PromptFields, promptFields } from './prompt-fields.ts';
import type { ServerModel } from './server-model.ts';
import { parseTokenPositions, type TokenPosition } from './token-positions.ts';

/** What the log-probabilities of an endpoint are worth. */
export interface LogprobReport {
  /** The endpoint answers at all. */
  readonly answers: boolean;
  /** Likeliest tokens returned per position; 0 = none. */
  readonly width: number;
  /** `raw`: before temperature, the model's own. `after-temperature`: of the distribution sampled from. */
  readonly basis: 'raw' | 'after-temperature' | 'unknown';
  /** Numbers at temperature 0 are those at temperature 1: one can ask greedily. */
  readonly greedyIntact: boolean;
  /** One sentence: what was seen. */
  readonly reason: string;
}

/** Widths asked for in this order: most servers allow 20, OpenAI's completions 5. */
const WIDTHS = [20, 5] as const;
/** A question with many likely first words, so that there is something to compare. */
const QUESTION = 'Name any animal:';
const SEEDS = [0, 1, 2] as const;
/** Batches and caches change log-probabilities a little. */
const SAME = 0.1;
/** Gaps between log-probabilities scale with 1/temperature; this one doubles them. */
const SHARP_TEMPERATURE = 0.5;

/**
 * Asks the endpoint for one token a few times: how many log-probabilities it returns, and whether temperature changes
 * them.
 *
 * @throws {CodejuryError} what is not the endpoint's refusal: server down, key refused, unknown model, `aborted`.
 */
export async function probeLogprobs(
  server: ServerModel,
  path: PromptFields['path'],
  signal: AbortSignal,
): Promise<LogprobReport> {
  let refusal = '';
  for (const width of WIDTHS) {
    const asked = await ask(server, path, width, 1, signal);
    if (asked.refusal === null) {
      const [plain] = asked.positions ?? [];
      return plain === undefined || plain.top.length === 0
        ? { ...NOTHING, answers: true, reason: 'answers, but leaves log-probabilities out' }
        : compareTemperatures(server, path, Math.min(width, plain.top.length), plain, signal);
    }
    refusal = asked.refusal;
  }
  const without = await ask(server, path, null, 1, signal);
  return without.refusal === null
    ? { ...NOTHING, answers: true, reason: `refuses log-probabilities: ${refusal}` }
    : { ...NOTHING, answers: false, reason: without.refusal };
}

const NOTHING = { width: 0, basis: 'unknown', greedyIntact: false } as const;

async function compareTemperatures(
  server: ServerModel,
  path: PromptFields['path'],
  width: number,
  plain: TokenPosition,
  signal: AbortSignal,
): Promise<LogprobReport> {
  const sharp = (await ask(server, path, width, SHARP_TEMPERATURE, signal)).positions?.[0];
  const greedy = (await ask(server, path, width, 0, signal)).positions?.[0];
  const ratio = sharp === undefined ? null : gapRatio(plain, sharp);
  const basis =
    ratio === null
      ? 'unknown'
      : Math.abs(ratio - 1) < SAME
        ? 'raw'
        : Math.abs(ratio - 1 / SHARP_TEMPERATURE) < 2 * SAME
          ? 'after-temperature'
          : 'unknown';
  const greedyRatio = greedy === undefined ? null : gapRatio(plain, greedy);
  const inWords = {
    raw: 'taken before temperature',
    'after-temperature': 'taken after temperature',
    unknown: 'of unclear kind',
  }[basis];
  return {
    answers: true,
    width,
    basis,
    greedyIntact: basis === 'raw' && greedyRatio !== null && Math.abs(greedyRatio - 1) < SAME,
    reason: `returns the ${width} likeliest tokens, ${inWords}`,
  };
}

/**
 * Sum of the gaps between the likeliest token and the next ones at the second position over that at the first, over
 * the tokens in both; null with fewer than three. A truncated list gives null or a ratio far from 1.
 */
function gapRatio(first: TokenPosition, second: TokenPosition): number | null {
  const others = new Map(second.top.map((token) => [token.bytes.toString('hex'), token.logProbability]));
  const pairs = first.top
    .slice(0, 5)
    .map((token) => [token.logProbability, others.get(token.bytes.toString('hex'))] as const);
  const [a0, b0] = pairs[0] ?? [];
  if (a0 === undefined || b0 === undefined) {
    return null;
  }
  const shared = pairs.flatMap(([a, b]) => (b === undefined ? [] : [[a0 - a, b0 - b] as const]));
  const gaps = shared.reduce((sum, [a]) => sum + a, 0);
  return shared.length < 3 || gaps === 0 ? null : shared.reduce((sum, [, b]) => sum + b, 0) / gaps;
}

interface Asked {
  readonly refusal: string | null;
  readonly positions: readonly TokenPosition[] | null;
}

/**
 * One token, drawn up to three times: llama.cpp leaves the numbers out when the token is part of a character. A refusal of the
 * request itself is an answer here, not an error.
 */
async function ask(
  server: ServerModel,
  path: PromptFields['path'],
  width: number | null,
  temperature: number,
  signal: AbortSignal,
): Promise<Asked> {
  const prompt =
    path === '/completions'
      ? ({ kind: 'text', text: QUESTION } as const)
      : ({ kind: 'chat', messages: [{ role: 'user', content: QUESTION }] } as const);
  const body = {
    ...promptFields(prompt, 'auto').fields,
    max_tokens: 1,
    temperature,
    top_p: 1,
    ...neutralSampling(server.info.kind, 0),
    ...(width === null ? {} : logprobFields(path, width)),
  };
  for (const seed of width === null || temperature === 0 ? [0] : SEEDS) {
    try {
      const answer = await server.post(path, { ...body, seed }, NEUTRAL_FIELDS, signal);
      const [choice] = asArray(at(answer, 'choices'));
      const positions = parseTokenPositions(at(choice, 'logprobs'));
      if (positions !== null) {
        return { refusal: null, positions };
      }
    } catch (error) {
      if (isRefusal(error)) {
        return { refusal: error.details.said || error.message, positions: null };
      }
      throw error;
    }
  }
  return { refusal: null, positions: null };
}
