import type { Dialect } from './openai-dialects.ts';
import { distribution, type GenerateBody, type Generated, type Token } from './openai-model.ts';

type Body = Readonly<Record<string, unknown>>;

interface Answer {
  readonly choices: readonly Readonly<Record<string, unknown>>[];
  readonly usage: Readonly<Record<string, number>>;
}

const PROMPT_TOKENS = 11;

/** The whole answer of a request without `stream`. */
export function renderAnswer(
  generated: readonly Generated[],
  body: Body,
  dialect: Dialect,
  chat: boolean,
  reasoning: string | undefined,
): Answer {
  const choices = generated.map((one, index) => ({
    index,
    ...(chat
      ? {
          message: {
            role: 'assistant',
            content: textOf(one),
            ...(reasoning && { reasoning_content: reasoning }),
          },
        }
      : { text: textOf(one) }),
    ...renderLogprobs(listed(one, dialect), body, dialect, chat),
    finish_reason: one.finish,
    ...(dialect.stopReason ? { stop_reason: one.matchedStop } : {}),
    ...(dialect.promptLogprobs && body.prompt_logprobs === 0
      ? { prompt_logprobs: promptLogprobs(String(body.prompt)) }
      : {}),
  }));
  return { choices, usage: usageOf(generated, dialect) };
}

/** The events of a stream: one token each, choices in turn, then the ends, then the usage. */
export function renderChunks(
  generated: readonly Generated[],
  body: Body,
  dialect: Dialect,
  chat: boolean,
  reasoning: string | undefined,
): unknown[] {
  const chunks: unknown[] = [
    { choices: [{ index: 0, ...(chat ? { delta: { role: 'assistant' } } : { text: '' }) }] },
  ];
  if (reasoning !== undefined) {
    chunks.push({ choices: [{ index: 0, delta: { reasoning_content: reasoning } }] });
  }
  const longest = Math.max(...generated.map((one) => listed(one, dialect).length));
  for (let position = 0; position < longest; position++) {
    generated.forEach((one, index) => {
      const token = listed(one, dialect)[position];
      if (token !== undefined) {
        const visible = position < visibleTokens(one).length ? token.text : '';
        chunks.push({
          choices: [
            {
              index,
              ...(chat ? { delta: { content: visible } } : { text: visible }),
              ...renderLogprobs([token], body, dialect, chat),
              finish_reason: null,
            },
          ],
        });
      }
    });
  }
  generated.forEach((one, index) => {
    const stop = dialect.stopReason ? { stop_reason: one.matchedStop } : {};
    chunks.push({
      choices: [{ index, ...(chat ? { delta: {} } : { text: '' }), finish_reason: one.finish, ...stop }],
    });
  });
  if (dialect.usageInStream && body.stream_options !== undefined) {
    chunks.push({ choices: [], usage: usageOf(generated, dialect) });
  }
  return chunks;
}

/** The answer with the prompt's tokens (its words) in front, as `echo` gives it. */
export function legacyLogprobs(answer: Answer, body: GenerateBody, dialect: Dialect): unknown {
  const prompt = body.prompt ?? '';
  const words = wordsOf(prompt);
  const values = words.map((word, index) => (index === 0 ? null : wordLogprob(word)));
  const [choice] = answer.choices;
  return {
    ...answer,
    choices: [
      {
        ...choice,
        text: `${prompt}${choice?.text}`,
        logprobs: {
          tokens: words,
          token_logprobs:
            dialect.echo === 'shifted' ? values.map((value) => (value === null ? null : -9)) : values,
          top_logprobs: words.map(() => null),
        },
      },
    ],
    usage: { ...answer.usage, prompt_tokens: words.length },
  };
}

/** Words with the space before them; the fake model's tokens are words of their own. */
function wordsOf(text: string): string[] {
  return text.match(/\s?[^\s01]+|\s?[01]/g) ?? [];
}

/** What a word costs: the model's own number for the words it knows. */
export function wordLogprob(word: string): number {
  return new Map(distribution()).get(word) ?? -2;
}

function promptLogprobs(prompt: string): unknown[] {
  return wordsOf(prompt).map((word, index) =>
    index === 0 ? null : { [100 + index]: { logprob: wordLogprob(word), rank: 1, decoded_token: word } },
  );
}

function visibleTokens(one: Generated): readonly Token[] {
  return one.matchedStop === null ? one.tokens : one.tokens.slice(0, -1);
}

function textOf(one: Generated): string {
  return visibleTokens(one)
    .map((token) => token.text)
    .join('');
}

function listed(one: Generated, dialect: Dialect): readonly Token[] {
  const end = { text: '', logprob: -0.5, top: [] };
  return one.finish === 'stop' && one.matchedStop === null && dialect.listsEnd
    ? [...one.tokens, end]
    : one.tokens;
}

function usageOf(generated: readonly Generated[], dialect: Dialect): Answer['usage'] {
  return {
    prompt_tokens: PROMPT_TOKENS,
    completion_tokens: generated.reduce((sum, one) => sum + listed(one, dialect).length, 0),
  };
}

function renderLogprobs(tokens: readonly Token[], body: Body, dialect: Dialect, chat: boolean): object {
  if (dialect.logprobs === 'absent') {
    return {};
  }
  const width = Number(chat ? (body.top_logprobs ?? 0) : (body.logprobs ?? 0));
  if (dialect.logprobs === 'null' || !body.logprobs) {
    return { logprobs: null };
  }
  if (chat || dialect.completionLogprobs === 'chat') {
    const entry = (text: string, logprob: number) => ({
      token: text,
      logprob,
      bytes: [...Buffer.from(text)],
    });
    const content = tokens.map((token) => ({
      ...entry(token.text, token.logprob),
      top_logprobs: token.top.slice(0, width).map(([text, logprob]) => entry(text, logprob)),
    }));
    return { logprobs: { content } };
  }
  return {
    logprobs: {
      tokens: tokens.map((token) => token.text),
      token_logprobs: tokens.map((token) => token.logprob),
      // The emitted token comes along even when it is not among the likeliest.
      top_logprobs: tokens.map((token) =>
        Object.fromEntries([...token.top.slice(0, width), [token.text, token.logprob]]),
      ),
    },
  };
}
