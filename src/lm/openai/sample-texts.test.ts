import { describe, expect, it } from 'vitest';
import { collect } from '../../../test/support/collect.ts';
import { DIALECTS, type Dialect } from '../../../test/support/openai-dialects.ts';
import { distribution } from '../../../test/support/openai-model.ts';
import { type FakeServerOptions, startFakeServer } from '../../../test/support/openai-server.ts';
import type { SampledText, SampleRequest } from '../language-model.ts';
import { type OpenaiModel, openOpenaiModel } from './open-openai-model.ts';
import type { OpenaiModelOptions } from './openai-options.ts';

const REQUEST: SampleRequest = {
  prompt: { kind: 'chat', messages: [{ role: 'user', content: 'write' }] },
  seeds: [1, 2, 3],
  temperature: 1,
  topP: 1,
  topK: 0,
  maxTokens: 50,
  stop: [],
  inTurn: false,
};

async function open(
  dialect: Dialect,
  server: FakeServerOptions = {},
  options: Partial<OpenaiModelOptions> = {},
) {
  const fake = await startFakeServer(dialect, server);
  const model = await openOpenaiModel({
    model: 'tiny',
    baseUrl: fake.baseUrl,
    env: {},
    sleep: async () => {},
    ...options,
  });
  const generating = () => fake.requests.filter((request) => request.path.endsWith('completions'));
  return { fake, model, generating, [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose]() };
}

async function draw(model: OpenaiModel, request: Partial<SampleRequest> = {}): Promise<SampledText[]> {
  const samples = await collect(model.sample?.({ ...REQUEST, ...request }));
  return samples.sort((a, b) => a.index - b.index);
}

/** What a test compares: everything but the time. */
function timeless(samples: readonly SampledText[]) {
  return samples.map(({ durationMs: _, ...rest }) => rest);
}

describe.each(Object.entries(DIALECTS))('sampling from %s', (_name, dialect: Dialect) => {
  it('draws each seed, the same text for the same seed', async () => {
    await using session = await open(dialect);
    const samples = await draw(session.model);
    expect(samples.map((sample) => sample.index)).toEqual([0, 1, 2]);
    expect(new Set(samples.map((sample) => sample.text)).size).toBe(3);
    expect(samples.every((sample) => sample.finishReason === 'stop')).toBe(true);
    const again = await draw(session.model, { seeds: [3] });
    expect(again[0]?.text).toBe(samples[2]?.text);
  });

  it('never gives fewer samples than asked for, whatever becomes of n', async () => {
    await using session = await open(dialect, {}, { useN: true });
    const samples = await draw(session.model, { seeds: [1, 2, 3, 4] });
    expect(samples.map((sample) => sample.index)).toEqual([0, 1, 2, 3]);
  });

  it('tells a text that reached its limit', async () => {
    await using session = await open(dialect);
    const [sample] = await draw(session.model, { seeds: [1], maxTokens: 2 });
    expect(sample?.finishReason).toBe('length');
  });
});

describe('sampling', () => {
  it('averages the log-probabilities of the tokens without the end-of-text token', async () => {
    await using session = await open(DIALECTS.vllm);
    const [sample] = await draw(session.model, { seeds: [0], temperature: 0, topK: 0 });
    const [[, likeliest] = ['', 0]] = distribution();
    expect(sample?.text).toBe('111111');
    expect(sample?.tokenCount).toBe(6);
    expect(sample?.promptTokens).toBe(11);
    expect(sample?.meanLogProbability).toBeCloseTo(likeliest, 10);
  });

  it('leaves the mean unknown where temperature is in the numbers, but not at temperature 1', async () => {
    await using session = await open({ ...DIALECTS.vllm, logprobs: 'after-temperature' });
    const [cool] = await draw(session.model, { seeds: [0], temperature: 0.7 });
    expect(cool?.meanLogProbability).toBeNull();
    expect(cool?.tokenCount).toBe(7);
    const [plain] = await draw(session.model, { seeds: [0] });
    expect(plain?.meanLogProbability).toBeLessThan(0);
  });

  it('leaves count and mean unknown where the server says nothing', async () => {
    await using session = await open({ ...DIALECTS.lmStudio, usageInStream: false });
    const [sample] = await draw(session.model, { seeds: [5] });
    expect(sample).toMatchObject({ tokenCount: null, meanLogProbability: null, promptTokens: null });
  });

  it('switches off what servers add to sampling, each in its spelling', async () => {
    await using vllm = await open(DIALECTS.vllm);
    await draw(vllm.model, { seeds: [1] });
    expect(vllm.generating()[0]?.body).toMatchObject({ top_k: -1, min_p: 0, repetition_penalty: 1, seed: 1 });
    await using llamaCpp = await open(DIALECTS.llamaCpp);
    await draw(llamaCpp.model, { seeds: [1], topK: 7 });
    expect(llamaCpp.generating().at(-1)?.body).toMatchObject({ top_k: 7, min_p: 0, repeat_penalty: 1 });
  });

  it('leaves out a field the server refuses by name, once, and says so', async () => {
    await using session = await open(DIALECTS.openai);
    await draw(session.model, { seeds: [1], topK: 5 });
    await draw(session.model, { seeds: [1], topK: 5 });
    expect(session.generating().map((request) => 'top_k' in request.body)).toContain(true);
    expect(session.generating().at(-1)?.body).not.toHaveProperty('top_k');
    expect(session.model.notices).toEqual([expect.stringContaining('does not take "top_k"')]);
  });

  it('does not leave out what the caller needs', async () => {
    const fault = { status: 400, body: '{"error":{"message":"Unsupported parameter: seed"}}' };
    await using session = await open(DIALECTS.vllm, { faults: [fault] });
    await expect(draw(session.model, { seeds: [1] })).rejects.toMatchObject({
      code: 'server',
      message: expect.stringContaining('Unsupported parameter: seed'),
    });
  });

  it('asks for max_completion_tokens where the server wants that name', async () => {
    await using session = await open(DIALECTS.openai, { onlyCompletionTokens: true });
    expect(await draw(session.model)).toHaveLength(3);
    expect(session.generating().at(-1)?.body).toMatchObject({ max_completion_tokens: 50 });
  });

  it('does without log-probabilities where the server refuses them', async () => {
    await using session = await open({ ...DIALECTS.openai, logprobs: 'refused' });
    const [sample] = await draw(session.model, { seeds: [1] });
    expect(sample?.meanLogProbability).toBeNull();
    expect(session.model.notices.join()).toContain('logprobs');
  });

  it('does without them, too, where the refusal is a failure of the server', async () => {
    const body = '{"error":{"message":"logprobs is not supported for models created with logits_all=False"}}';
    await using session = await open(DIALECTS.llamaCppPython, { faults: [{ status: 500, body }] });
    expect(await draw(session.model, { seeds: [1] })).toHaveLength(1);
    expect(session.generating().map((request) => 'logprobs' in request.body)).toEqual([true, false]);
  });

  it('learns from a request without streaming what an empty stream hides', async () => {
    const refusal = { status: 400, body: '{"error":{"message":"maximum context length is 9 tokens"}}' };
    const faults = ['empty-stream', refusal] as const;
    await using session = await open(DIALECTS.llamaCppPython, { faults });
    await expect(draw(session.model, { seeds: [1] })).rejects.toMatchObject({ code: 'context-length' });
    await using other = await open(DIALECTS.llamaCppPython, { faults: ['empty-stream'] });
    expect(await draw(other.model, { seeds: [1] })).toHaveLength(1);
  });

  it('says which stop string ended a text where the server does', async () => {
    await using session = await open(DIALECTS.vllm);
    const [sample] = await draw(session.model, { seeds: [0], temperature: 0, stop: ['11'] });
    expect(sample).toMatchObject({ text: '1', tokenCount: 1, finishReason: 'stop-string' });
  });

  it('keeps reasoning out of the text', async () => {
    await using session = await open(DIALECTS.vllm, { reasoning: 'let me think' });
    const [sample] = await draw(session.model, { seeds: [0], temperature: 0 });
    expect(sample?.text).toBe('111111');
  });

  it('reads a server that ignores `stream`', async () => {
    await using session = await open(DIALECTS.vllm, { neverStreams: true });
    expect(timeless(await draw(session.model))).toHaveLength(3);
  });

  it('sends one request at a time in turn, and yields in order', async () => {
    await using session = await open(DIALECTS.vllm);
    const indices: number[] = [];
    for await (const sample of session.model.sample?.({ ...REQUEST, inTurn: true }) ?? []) {
      indices.push(sample.index);
      expect(session.generating().length).toBeLessThanOrEqual(indices.length + 1);
    }
    expect(indices).toEqual([0, 1, 2]);
  });

  it('asks for no more once the caller stops iterating', async () => {
    await using session = await open(DIALECTS.vllm, {}, { concurrency: 2 });
    const seeds = Array.from({ length: 50 }, (_, index) => index);
    for await (const _ of session.model.sample?.({ ...REQUEST, seeds }) ?? []) {
      break;
    }
    await draw(session.model, { seeds: [1] });
    expect(session.generating().length).toBeLessThan(10);
  });

  it('aborts at once, in the middle of a stream', async () => {
    await using session = await open(DIALECTS.vllm, { faults: ['hang-in-stream'] });
    const controller = new AbortController();
    const drawn = draw(session.model, { seeds: [1], signal: controller.signal });
    await waitUntil(() => session.generating().length === 1);
    controller.abort(new Error('Ctrl-C'));
    await expect(drawn).rejects.toMatchObject({ code: 'aborted' });
  });

  describe('with a check whether the text is complete', () => {
    /** Of seed 0 the text is a line end and five words. */
    const isComplete = async (lines: string) => lines === '\n';
    const request = { seeds: [0, 0, 0], inTurn: true, isComplete };
    const lineFirst = { spaceFirst: true } as const;

    it('ends texts once a whole answer has shown that they begin outside of reasoning', async () => {
      await using session = await open(DIALECTS.vllm, { ...lineFirst, faults: [null, 'hang-at-end'] });
      const samples = await draw(session.model, request);
      expect(samples.map(({ finishReason }) => finishReason)).toEqual(['stop', 'complete', 'complete']);
      expect(samples.map(({ text }) => text === '\n')).toEqual([false, true, true]);
      expect(samples[1]).toMatchObject({ tokenCount: 1 });
      expect(samples[1]?.meanLogProbability).toBeLessThan(0);
      await waitUntil(() => session.fake.aborted() > 0);
    });

    it('ends none where whole answers show nothing', async () => {
      await using session = await open(DIALECTS.vllm, lineFirst);
      const samples = await draw(session.model, { ...request, maxTokens: 3 });
      expect(samples.map(({ finishReason }) => finishReason)).toEqual(Array(3).fill('length'));
    });

    it('ends each text of one request for all by itself', async () => {
      await using session = await open(DIALECTS.vllm, lineFirst, { useN: true });
      await draw(session.model, { ...request, seeds: [0] });
      const samples = await draw(session.model, { ...request, inTurn: false });
      expect(samples.map(({ finishReason }) => finishReason)).toEqual(['complete', 'stop', 'stop']);
      expect(session.generating()).toHaveLength(2);
    });

    it('takes a whole answer from a server that does not stream', async () => {
      await using session = await open(DIALECTS.vllm, { ...lineFirst, neverStreams: true });
      expect((await draw(session.model, request)).map(({ finishReason }) => finishReason)).toEqual(
        Array(3).fill('stop'),
      );
    });
  });

  it('keeps what came of one request for all when its stream is cut, and draws the rest', async () => {
    await using session = await open(DIALECTS.vllm, { faults: ['cut'] }, { useN: true, maxRetries: 1 });
    expect(await draw(session.model)).toHaveLength(3);
  });

  it('sends a text to /completions, or where the option says', async () => {
    const prompt = { kind: 'text', text: 'def f():' } as const;
    await using auto = await open(DIALECTS.vllm);
    await draw(auto.model, { prompt, seeds: [1] });
    expect(auto.generating()[0]).toMatchObject({ path: '/v1/completions', body: { prompt: 'def f():' } });
    await using chat = await open(DIALECTS.vllm, {}, { api: 'chat' });
    await draw(chat.model, { prompt, seeds: [1] });
    expect(chat.generating()[0]?.path).toBe('/v1/chat/completions');
    await using completions = await open(DIALECTS.vllm, {}, { api: 'completions' });
    await draw(completions.model, { seeds: [1] });
    expect(completions.generating()[0]?.body).toMatchObject({ prompt: 'write' });
  });

  it('passes extra fields through and removes those set to null', async () => {
    await using session = await open(DIALECTS.vllm, {}, { extraBody: { guided: 'x', seed: null } });
    await draw(session.model, { seeds: [1] });
    expect(session.generating()[0]?.body).toMatchObject({ guided: 'x' });
    expect(session.generating()[0]?.body).not.toHaveProperty('seed');
  });
});

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
