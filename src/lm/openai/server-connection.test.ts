import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/support/collect.ts';
import { DIALECTS, type Dialect } from '../../../test/support/openai-dialects.ts';
import { type FakeServerOptions, type Fault, startFakeServer } from '../../../test/support/openai-server.ts';
import { CodejuryError } from '../../errors.ts';
import { openOpenaiModel } from './open-openai-model.ts';
import type { OpenaiModelOptions } from './openai-options.ts';

const KEY = 'not-a-real-key-1234567890';

async function drawOne(
  server: FakeServerOptions,
  options: Partial<OpenaiModelOptions> = {},
  dialect: Dialect = DIALECTS.vllm,
  content = 'write',
) {
  const pauses: number[] = [];
  await using fake = await startFakeServer(dialect, server);
  const draw = async () => {
    const model = await openOpenaiModel({
      model: 'tiny',
      baseUrl: fake.baseUrl,
      env: {},
      maxRetries: 2,
      random: () => 0,
      sleep: async (ms) => {
        pauses.push(ms);
      },
      ...options,
    });
    const request = { seeds: [1], temperature: 1, topP: 1, topK: 0, maxTokens: 9, stop: [], inTurn: false };
    const prompt = { kind: 'chat', messages: [{ role: 'user', content }] } as const;
    return collect(model.sample?.({ ...request, prompt }));
  };
  const outcome = await draw().then(
    (samples) => ({ samples, error: null }),
    (error: unknown) => ({ samples: [], error: error instanceof CodejuryError ? error : fail(error) }),
  );
  const sent = fake.requests.filter((request) => request.path.endsWith('completions')).length;
  return { ...outcome, pauses, sent, requests: fake.requests, baseUrl: fake.baseUrl };
}

function fail(error: unknown): never {
  throw new Error('expected a CodejuryError', { cause: error });
}

const busy = (headers: Record<string, string> = {}): Fault => ({
  status: 429,
  body: '{"error":{"message":"slow down"}}',
  headers,
});

describe('retries', () => {
  it('waits longer each time, then succeeds', async () => {
    const { samples, pauses } = await drawOne({ faults: [busy(), { status: 503, body: 'loading' }] });
    expect(samples).toHaveLength(1);
    expect(pauses).toEqual([500, 1000]);
  });

  it('waits as long as the server asks', async () => {
    const { samples, pauses } = await drawOne({ faults: [busy({ 'retry-after': '7' })] });
    expect(samples).toHaveLength(1);
    expect(pauses).toEqual([7000]);
  });

  it('reports a server that asks for a very long pause', async () => {
    const { error, sent } = await drawOne({ faults: [busy({ 'retry-after': '3600' })] });
    expect(error).toMatchObject({ code: 'server', retryable: true });
    expect(error?.hint).toContain('lower concurrency');
    expect(sent).toBe(1);
  });

  it('gives up after as many as allowed', async () => {
    const { error, sent } = await drawOne({ faults: [busy(), busy(), busy(), busy()] });
    expect(error?.message).toContain('answered 429: slow down');
    expect(sent).toBe(3);
  });

  it.each(['cut', 'end-early', 'error-in-stream', 'malformed'] as const)(
    'tries a stream again after: %s',
    async (fault) => {
      const { samples, sent } = await drawOne({ faults: [fault] });
      expect(samples).toHaveLength(1);
      expect(sent).toBe(2);
    },
  );

  it('does not repeat what cannot succeed', async () => {
    const validation = { status: 500, body: '{"error":{"message":"1 validation error: max_tokens"}}' };
    expect((await drawOne({ faults: [validation] })).sent).toBe(1);
    const quota = { status: 429, body: '{"error":{"message":"no money","code":"insufficient_quota"}}' };
    expect((await drawOne({ faults: [quota] })).sent).toBe(1);
  });
});

describe('faults', () => {
  it.each([
    ['cut', /broke off/],
    ['end-early', /stopped in the middle of the answer/],
    ['error-in-stream', /out of memory/],
  ] as const)('tells a stream that is broken for good: %s', async (fault, message) => {
    const { error } = await drawOne({ faults: [fault, fault, fault] });
    expect(error).toMatchObject({ code: 'server', retryable: true });
    expect(error?.message).toMatch(message);
  });

  it.each(['hang', 'hang-in-stream'] as const)('tells a server that is silent: %s', async (fault) => {
    const { error } = await drawOne({ faults: [fault] }, { timeoutMs: 80, maxRetries: 0 });
    expect(error).toMatchObject({ code: 'server', retryable: true });
    expect(error?.message).toContain('was silent for 80 ms');
  });

  it('tells a page from an answer', async () => {
    const { error } = await drawOne({ faults: ['html'] });
    expect(error).toMatchObject({ code: 'server', retryable: false });
    expect(error?.message).toContain('expected JSON, received an HTML page, titled "Sign in"');
  });

  it('names what a gateway says in HTML', async () => {
    const body = '<html><head><title>502 Bad Gateway</title></head></html>';
    const { error } = await drawOne(
      { faults: [{ status: 502, body, headers: { 'content-type': 'text/html' } }] },
      { maxRetries: 0 },
    );
    expect(error?.message).toMatch(/answered 502: an HTML page, titled "502 Bad Gateway"$/);
  });

  it.each([
    ['{"detail":"no such thing"}', 'no such thing'],
    ['{"detail":[{"loc":["body","stop"],"msg":"too many"}]}', 'body.stop: too many'],
    ['{"error":"plain"}', 'plain'],
    ['{"object":"error","message":"old style"}', 'old style'],
    ['nothing structured', 'nothing structured'],
  ])('reads errors of any shape: %s', async (body, said) => {
    const { error } = await drawOne({ faults: [{ status: 400, body }] });
    expect(error?.message).toMatch(new RegExp(`answered 400: ${said.replaceAll('.', '\\.')}$`));
  });

  it('recognises a prompt that does not fit', async () => {
    const { error } = await drawOne({}, {}, DIALECTS.vllm, 'x'.repeat(30_000));
    expect(error).toMatchObject({ code: 'context-length' });
    expect(error?.message).toContain('4096 tokens');
  });

  it.each(Object.values(DIALECTS).filter((dialect) => dialect.ownedBy !== 'llamacpp'))(
    'lists the models for a wrong name ($ownedBy)',
    async (dialect: Dialect) => {
      const { error } = await drawOne({}, { model: 'tiyn' }, dialect);
      expect(error).toMatchObject({ code: 'not-found' });
      expect(error?.hint).toBe('did you mean "tiny"? the server offers: tiny');
    },
  );

  it('tells that nothing listens, without waiting', async () => {
    const gone = await startFakeServer(DIALECTS.vllm);
    await gone[Symbol.asyncDispose]();
    const { baseUrl } = gone;
    const { error, pauses } = await drawOne({}, { baseUrl });
    expect(error).toMatchObject({
      code: 'server',
      hint: expect.stringContaining(`nothing listens at ${baseUrl}`),
    });
    expect(pauses).toEqual([]);
  });
});

describe('addresses', () => {
  it('tells a port that fetch refuses, without waiting', async () => {
    const { error, pauses } = await drawOne({}, { baseUrl: 'http://127.0.0.1:9/v1' });
    expect(error?.message).toContain('bad port');
    expect(pauses).toEqual([]);
  });
});

describe('keys', () => {
  it('sends the key of the named variable, and none when it is unset', async () => {
    const named = await drawOne({ key: KEY }, { apiKeyEnv: 'MY_KEY', env: { MY_KEY: KEY } });
    expect(named.samples).toHaveLength(1);
    const none = await drawOne({});
    expect(none.requests.every((request) => request.authorization === undefined)).toBe(true);
  });

  it('names the variable when the key is missing or wrong', async () => {
    expect((await drawOne({ key: KEY })).error?.hint).toContain('set OPENAI_API_KEY');
    const wrong = await drawOne({ key: KEY }, { env: { OPENAI_API_KEY: 'another' } });
    expect(wrong.error?.hint).toContain('is the key in OPENAI_API_KEY');
  });

  it('shows the key nowhere, though the server repeats it', async () => {
    const body = JSON.stringify({
      error: { message: `bad key ${KEY} (Bearer ${KEY}), also sk-abcdef123456` },
    });
    const { error } = await drawOne({ faults: [{ status: 400, body }] }, { env: { OPENAI_API_KEY: KEY } });
    const everything = inspect(error, { depth: 20, showHidden: true });
    expect(everything).toContain('bad key [redacted]');
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain('sk-abcdef');
  });
});
