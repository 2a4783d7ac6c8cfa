import { asArray, asNumber, asRecord, asString, at } from './json-access.ts';

/** A token as bytes (a token need not be whole characters) with its natural-log probability. */
export interface ScoredToken {
  readonly bytes: Buffer;
  readonly logProbability: number;
}

/** One position of an answer. The log-probability is null for the first token of a prompt: nothing precedes it. */
export interface TokenPosition {
  readonly bytes: Buffer;
  readonly logProbability: number | null;
  /** The likeliest tokens, descending; may hold the emitted token as an extra. Empty when not asked for. */
  readonly top: readonly ScoredToken[];
}

/**
 * The positions in the `logprobs` of a choice, in either shape: `{content: [{token, bytes, logprob, top_logprobs}]}`
 * (chat; llama.cpp also for completions) or `{tokens, token_logprobs, top_logprobs}` (completions). Null when the
 * server sent none or what it sent cannot be read.
 */
export function parseTokenPositions(logprobs: unknown): readonly TokenPosition[] | null {
  const content = at(logprobs, 'content');
  const positions = Array.isArray(content) ? content.map(chatPosition) : legacyPositions(logprobs);
  return positions.every((position) => position !== null) && positions.length > 0 ? positions : null;
}

function chatPosition(entry: unknown): TokenPosition | null {
  const token = scoredToken(entry);
  return token && { ...token, top: descending(asArray(at(entry, 'top_logprobs')).map(scoredToken)) };
}

function scoredToken(entry: unknown): ScoredToken | null {
  const token = asString(at(entry, 'token'));
  const logProbability = readLogProbability(at(entry, 'logprob'));
  if (token === null || logProbability === null) {
    return null;
  }
  const bytes = at(entry, 'bytes');
  return { bytes: Array.isArray(bytes) ? Buffer.from(bytes as number[]) : tokenBytes(token), logProbability };
}

function legacyPositions(logprobs: unknown): (TokenPosition | null)[] {
  const values = asArray(at(logprobs, 'token_logprobs'));
  const tops = asArray(at(logprobs, 'top_logprobs'));
  return asArray(at(logprobs, 'tokens')).map((token, index) => {
    const logProbability = readLogProbability(values[index]);
    if (typeof token !== 'string' || (logProbability === null && index > 0)) {
      return null;
    }
    const top = Object.entries(asRecord(tops[index])).map(([text, value]) => {
      const topLogProbability = readLogProbability(value);
      return topLogProbability === null
        ? null
        : { bytes: tokenBytes(text), logProbability: topLogProbability };
    });
    return { bytes: tokenBytes(token), logProbability, top: descending(top) };
  });
}

/** At most 0: rounding makes some servers report a little more. */
function readLogProbability(value: unknown): number | null {
  const number = asNumber(value);
  return number === null || number > 0.01 ? null : Math.min(0, number);
}

/** Some servers report entries of the vocabulary, where a leading space is written `Ġ` or `▁`. */
function tokenBytes(token: string): Buffer {
  return Buffer.from(token.replace(/^[Ġ▁]/, ' '));
}

function descending(tokens: readonly (ScoredToken | null)[]): readonly ScoredToken[] {
  return tokens.filter((token) => token !== null).sort((a, b) => b.logProbability - a.logProbability);
}
