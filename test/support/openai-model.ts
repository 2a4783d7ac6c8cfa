import type { Dialect } from './openai-dialects.ts';

/** Parsed body of a generating request, as far as the fake model reads it. */
export interface GenerateBody {
  readonly messages?: readonly { readonly content: string }[];
  readonly prompt?: string;
  readonly temperature: number;
  readonly seed?: number;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly stop?: readonly string[];
}

export interface Token {
  readonly text: string;
  readonly logprob: number;
  readonly top: readonly (readonly [string, number])[];
}

export interface Generated {
  readonly tokens: readonly Token[];
  readonly finish: 'stop' | 'length';
  readonly matchedStop: string | null;
}

/** Log-weights of the next token, the same everywhere; the first two judge labels are in the top twenty. */
const WEIGHTS: readonly (readonly [string, number])[] = [
  ['1', 3],
  ['0', 2],
  [' 1', 1],
  ['Yes', 0.5],
  ['No', 0],
  ...Array.from({ length: 30 }, (_, index) => [`w${index}`, -1 - index / 10] as const),
];
/** The least likely token, far outside of any list. */
export const UNLISTED = 'w29';

/** Natural-log probabilities at a temperature, likeliest first. */
export function distribution(temperature = 1, spaceFirst = false): readonly (readonly [string, number])[] {
  const weights = spaceFirst ? [['\n', 4] as const, ...WEIGHTS] : WEIGHTS;
  const scaled = weights.map(([text, weight]) => [text, weight / temperature] as const);
  const norm = Math.log(scaled.reduce((sum, [, weight]) => sum + Math.exp(weight), 0));
  return scaled.map(([text, weight]) => [text, weight - norm] as const);
}

/** Six words chosen by seed (the likeliest one at temperature 0), then the end. */
export function generate(
  body: GenerateBody,
  choice: number,
  dialect: Dialect,
  spaceFirst: boolean,
): Generated {
  const temperature = dialect.logprobs === 'after-temperature' ? body.temperature || 1 : 1;
  const limit = body.max_tokens ?? body.max_completion_tokens ?? 16;
  const tokens: Token[] = [];
  for (let index = 0; index < Math.min(limit, 6); index++) {
    const top = distribution(temperature, spaceFirst && index === 0);
    const pick = body.temperature === 0 ? 0 : ((body.seed ?? 0) * 7 + choice * 3 + index * 5) % top.length;
    const [text, logprob] = top[pick] as readonly [string, number];
    tokens.push({ text, logprob, top });
    const stop = body.stop?.find((word) =>
      tokens
        .map((token) => token.text)
        .join('')
        .includes(word),
    );
    if (stop !== undefined) {
      return { tokens, finish: 'stop', matchedStop: stop };
    }
  }
  return { tokens, finish: limit > 6 ? 'stop' : 'length', matchedStop: null };
}
