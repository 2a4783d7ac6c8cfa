import { describe, expect, test } from 'vitest';
import { requireCapability, type SampleRequest } from '../lm/language-model.ts';
import { createFakeLanguageModel } from './create-fake-language-model.ts';

function request(overrides: Partial<SampleRequest> = {}): SampleRequest {
  return {
    prompt: { kind: 'text', text: 'two words' },
    seeds: [1, 2, 3],
    temperature: 1,
    topP: 1,
    topK: 0,
    maxTokens: 10,
    stop: [],
    inTurn: false,
    ...overrides,
  };
}

describe('createFakeLanguageModel', () => {
  test('says what the script says, in order and from the beginning again', async () => {
    const model = createFakeLanguageModel({ samples: ['one word', { text: 'x', meanLogProbability: null }] });
    const samples = [];
    for await (const sample of requireCapability(model, 'sample')(request())) {
      samples.push(sample);
    }
    expect(samples.map(({ text }) => text)).toEqual(['one word', 'x', 'one word']);
    expect(samples[0]).toMatchObject({ index: 0, tokenCount: 2, promptTokens: 2, finishReason: 'stop' });
    expect(samples[1]).toMatchObject({ index: 1, meanLogProbability: null });
  });

  test('ends a text where the request says that it is complete', async () => {
    const model = createFakeLanguageModel({ samples: ['a\nb\nc'] });
    const isComplete = async (lines: string) => lines === 'a\nb\n';
    for await (const sample of requireCapability(model, 'sample')(request({ seeds: [1], isComplete }))) {
      expect(sample).toMatchObject({ text: 'a\nb\n', tokenCount: 2, finishReason: 'complete' });
    }
  });

  test('counts what was asked and what was delivered', async () => {
    const model = createFakeLanguageModel({ samples: (_request, index) => `sample ${index}` });
    for await (const { text } of requireCapability(model, 'sample')(request())) {
      expect(text).toBe('sample 0');
      break;
    }
    expect(model.calls.sample).toHaveLength(1);
    expect(model.calls.samplesDelivered).toBe(1);
  });

  test('scores labels, texts and embeds by function', async () => {
    const model = createFakeLanguageModel({
      labelProbabilities: ({ own }) => (own.includes('good') ? [0.1, 0.9] : [0.9, 0.1]),
      textScore: ({ text }) => ({ logProbability: -text.length, tokenCount: 1 }),
      embedding: () => [1, 0],
    });
    const question = { kind: 'text', system: null, shared: 's', own: 'good', labels: [] } as const;
    await expect(requireCapability(model, 'scoreLabels')(question)).resolves.toMatchObject({
      probabilities: [0.1, 0.9],
      upperBound: [false, false],
    });
    const score = await requireCapability(model, 'scoreText')({ prompt: request().prompt, text: 'abc' });
    expect(score.logProbability).toBe(-3);
    expect([...(await requireCapability(model, 'embed')('x'))]).toEqual([1, 0]);
    expect(model.calls).toMatchObject({ scoreLabels: [question], embed: ['x'] });
  });

  test('lacks what has no script', () => {
    expect(() => requireCapability(createFakeLanguageModel(), 'sample')).toThrow('fake (engine fake) cannot');
  });

  test('honours the signal between samples and refuses requests once closed', async () => {
    const model = createFakeLanguageModel({ samples: ['a'] });
    const controller = new AbortController();
    const samples = requireCapability(model, 'sample')(request({ signal: controller.signal }));
    const iterator = samples[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort();
    await expect(iterator.next()).rejects.toMatchObject({ code: 'aborted' });
    await model.dispose();
    const after = requireCapability(model, 'sample')(request())[Symbol.asyncIterator]();
    await expect(after.next()).rejects.toMatchObject({ code: 'engine' });
  });
});
