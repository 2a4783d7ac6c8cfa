import { describe, expect, it } from 'vitest';
import { DIALECTS, type Dialect } from '../../../test/support/openai-dialects.ts';
import { distribution, UNLISTED } from '../../../test/support/openai-model.ts';
import { type FakeServerOptions, startFakeServer } from '../../../test/support/openai-server.ts';
import type { LabelRequest, LabelScores } from '../language-model.ts';
import { openOpenaiModel } from './open-openai-model.ts';

const REQUEST: LabelRequest = {
  kind: 'chat',
  system: null,
  shared: 'Is it right? ',
  own: 'yes it is',
  labels: [
    { name: '0', forms: ['0', ' 0'] },
    { name: '1', forms: ['1', ' 1'] },
  ],
};

async function score(dialect: Dialect, request: Partial<LabelRequest> = {}, server: FakeServerOptions = {}) {
  await using fake = await startFakeServer(dialect, server);
  const model = await openOpenaiModel({
    model: 'tiny',
    baseUrl: fake.baseUrl,
    env: {},
    sleep: async () => {},
  });
  const scores = (await model.scoreLabels?.({ ...REQUEST, ...request })) as LabelScores;
  const again = (await model.scoreLabels?.({ ...REQUEST, ...request })) as LabelScores;
  expect(again.probabilities).toEqual(scores.probabilities);
  return { scores, requests: fake.requests.filter((one) => one.path.endsWith('completions')) };
}

const probability = new Map(distribution().map(([text, logprob]) => [text, Math.exp(logprob)]));
const of = (...forms: string[]) => forms.reduce((sum, form) => sum + (probability.get(form) ?? 0), 0);

describe('scoring labels', () => {
  it.each(['openai', 'vllm', 'llamaCpp', 'llamaCppPython'] as const)(
    'sums the forms of each label: %s',
    async (name) => {
      const { scores } = await score(DIALECTS[name]);
      expect(scores.probabilities[0]).toBeCloseTo(of('0'), 6);
      expect(scores.probabilities[1]).toBeCloseTo(of('1', ' 1'), 6);
      expect(scores.upperBound).toEqual([false, false]);
      expect(scores.promptTokens).toBe(11);
    },
  );

  it.each(['vllm', 'llamaCpp', 'llamaCppPython'] as const)(
    'asks /completions for a text: %s',
    async (name) => {
      const { scores, requests } = await score(DIALECTS[name], { kind: 'text', system: 'Judge.' });
      expect(scores.probabilities[1]).toBeCloseTo(of('1', ' 1'), 6);
      expect(requests.at(-1)?.body).toMatchObject({
        prompt: 'Judge.\n\nIs it right? yes it is',
        max_tokens: 1,
      });
    },
  );

  it('asks greedily where temperature leaves the numbers alone, else at temperature 1', async () => {
    expect((await score(DIALECTS.vllm)).requests.at(-1)?.body).toMatchObject({ temperature: 0 });
    const scaled = await score({ ...DIALECTS.vllm, logprobs: 'after-temperature' });
    expect(scaled.requests.at(-1)?.body).toMatchObject({ temperature: 1 });
    expect(scaled.scores.probabilities[0]).toBeCloseTo(of('0'), 6);
  });

  it('gives a bound, not 0, for a label outside of the list', async () => {
    const labels = [{ name: 'x', forms: [UNLISTED] }, ...REQUEST.labels];
    const { scores } = await score(DIALECTS.vllm, { labels });
    const twentieth = Math.exp(distribution()[19]?.[1] ?? 0);
    expect(scores.upperBound).toEqual([true, false, false]);
    expect(scores.probabilities[0]).toBeCloseTo(twentieth, 6);
    expect(scores.probabilities[0]).toBeGreaterThan(of(UNLISTED));
  });

  it('takes narrower lists where the server allows no more', async () => {
    const { scores, requests } = await score({ ...DIALECTS.vllm, widest: 5 });
    expect(requests.at(-1)?.body).toMatchObject({ top_logprobs: 5 });
    expect(scores.probabilities[1]).toBeCloseTo(of('1', ' 1'), 6);
  });

  it('looks past white space', async () => {
    const { scores, requests } = await score(DIALECTS.vllm, {}, { spaceFirst: true });
    expect(scores.probabilities[0]).toBeCloseTo(of('0'), 6);
    expect(requests.at(-1)?.body).toMatchObject({ max_tokens: 3 });
  });

  it('draws again when the answer is part of a character and comes without numbers', async () => {
    const body = '{"choices":[{"message":{"content":"\ufffd"}}],"usage":{"completion_tokens":1}}';
    const faults = [null, null, null, { status: 200, body }];
    const { scores, requests } = await score(DIALECTS.llamaCpp, {}, { faults });
    expect(scores.probabilities[0]).toBeCloseTo(of('0'), 6);
    expect(requests.map((request) => request.body.temperature)).toEqual([1, 0.5, 0, 0, 1, 0]);
  });

  it('does not read a list in which tokens were merged', async () => {
    const token = { token: '1', logprob: -0.1 };
    const merged = { choices: [{ logprobs: { content: [{ ...token, top_logprobs: [token] }] } }] };
    const body = JSON.stringify({ ...merged, usage: { completion_tokens: 3 } });
    const faults = [null, null, null, { status: 200, body }];
    const { scores } = await score(DIALECTS.llamaCpp, {}, { faults });
    expect(scores.probabilities[1]).toBeCloseTo(of('1', ' 1'), 6);
  });

  it.each(['ollama', 'lmStudio'] as const)(
    'says that and how else to judge without log-probabilities: %s',
    async (name) => {
      await expect(score(DIALECTS[name])).rejects.toMatchObject({
        code: 'capability',
        message: expect.stringContaining('leaves log-probabilities out'),
        hint: expect.stringContaining('embedded model'),
      });
    },
  );

  it('says so where log-probabilities are refused', async () => {
    await expect(score({ ...DIALECTS.openai, logprobs: 'refused' })).rejects.toMatchObject({
      code: 'capability',
      message: expect.stringContaining("'logprobs' is not supported"),
    });
  });

  it('probes once for many requests at the same time', async () => {
    await using fake = await startFakeServer(DIALECTS.vllm);
    const model = await openOpenaiModel({ model: 'tiny', baseUrl: fake.baseUrl, env: {} });
    await Promise.all(Array.from({ length: 8 }, () => model.scoreLabels?.(REQUEST)));
    expect(fake.requests.filter((one) => one.path.endsWith('completions'))).toHaveLength(3 + 8);
  });

  it('aborts', async () => {
    await using fake = await startFakeServer(DIALECTS.vllm, { faults: ['hang'] });
    const model = await openOpenaiModel({ model: 'tiny', baseUrl: fake.baseUrl, env: {} });
    const controller = new AbortController();
    const scores = model.scoreLabels?.({ ...REQUEST, signal: controller.signal });
    controller.abort();
    await expect(scores).rejects.toMatchObject({ code: 'aborted' });
    await model.dispose();
    await expect(model.scoreLabels?.(REQUEST)).rejects.toMatchObject({ code: 'aborted' });
  });
});
