import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LanguageModel, requireCapability } from '../../src/lm/language-model.ts';
import { openLlamaModel } from '../../src/lm/llama/open-llama-model.ts';
import { findRealModel } from '../support/real-model.ts';
import { collectSamples, sampleRequest, TINY_LABELS, tinyOptions } from '../support/tiny-model.ts';

const real = await findRealModel();

describe.skipIf(real.reason !== null)(
  `SmolLM2-135M${real.reason === null ? '' : `: skipped, ${real.reason}`}`,
  () => {
    let batched: LanguageModel;
    let inTurn: LanguageModel;

    beforeAll(async () => {
      const options = tinyOptions(real.path ?? '', {
        name: 'smollm2-135m',
        digest: real.sha256,
        labels: TINY_LABELS,
        maxParallelSamples: 10,
      });
      batched = await openLlamaModel(options);
      inTurn = await openLlamaModel({ ...options, batching: 'in-turn' });
    });

    afterAll(async () => {
      await batched?.dispose();
      await inTurn?.dispose();
    });

    const question = 'Write a Python function `add(a, b)` that returns the sum of two numbers.';
    const chat = { kind: 'chat', messages: [{ role: 'user', content: question }] } as const;

    const shared = `${question}\nIs the following implementation correct? Answer 1 for yes or 0 for no.\n\n`;
    const scoreOf = async (own: string, before = shared) =>
      await requireCapability(
        batched,
        'scoreLabels',
      )({
        kind: 'chat',
        system: null,
        shared: before,
        own,
        labels: TINY_LABELS,
      });

    test('its context is kept to the default although it was trained for more', () => {
      expect(batched.contextSize).toBe(4096);
    });

    test('samples differ by seed and are the same in every run', async () => {
      for (const model of [batched, inTurn]) {
        const sample = requireCapability(model, 'sample');
        const request = sampleRequest(chat, { maxTokens: 40 });
        const first = await collectSamples(sample(request));
        expect(new Set(first.map(({ text }) => text)).size).toBe(3);
        expect(await collectSamples(sample(request))).toEqual(first);
      }
    });

    test('greedy sampling writes the function', async () => {
      const request = sampleRequest(chat, { seeds: [1], temperature: 0, maxTokens: 120, stop: ['\n```\n'] });
      const [sample] = await collectSamples(requireCapability(inTurn, 'sample')(request));
      expect(sample?.text).toContain('def add(a, b):');
      expect(sample?.text).not.toContain('\n```\n');
    });

    test('the mean log-probability agrees with rescoring the text', async () => {
      for (const setting of [{ temperature: 1 }, { temperature: 0.7, topP: 0.9, topK: 20 }]) {
        const request = sampleRequest(chat, { seeds: [3], maxTokens: 40, ...setting });
        const [sample] = await collectSamples(requireCapability(batched, 'sample')(request));
        const { logProbability, tokenCount } = await requireCapability(
          batched,
          'scoreText',
        )({
          prompt: chat,
          text: sample?.text ?? '',
        });
        expect(tokenCount).toBe(sample?.tokenCount);
        expect(Math.abs(logProbability / tokenCount - (sample?.meanLogProbability ?? 0))).toBeLessThan(0.03);
      }
    });

    test('label probabilities are the same in any order of requests and near those of the whole prompt', async () => {
      const owns = ['def add(a, b):\n    return a + b\n', 'def add(a, b):\n    return a - b\n'];
      const forwards = [];
      for (const own of owns) {
        forwards.push((await scoreOf(own)).probabilities);
      }
      const backwards = [];
      for (const own of owns.toReversed()) {
        backwards.push((await scoreOf(own)).probabilities);
      }
      expect(backwards.toReversed()).toEqual(forwards);
      const whole = await scoreOf(shared + owns[0], '');
      for (const [index, probability] of (forwards[0] ?? []).entries()) {
        expect(Math.abs(probability - (whole.probabilities[index] ?? 0))).toBeLessThan(0.02);
      }
    });

    test('the number of threads changes no score', async () => {
      const two = await openLlamaModel(tinyOptions(real.path ?? '', { threads: 2 }));
      const request = { kind: 'text', system: null, shared: '', labels: TINY_LABELS } as const;
      // 326 tokens: long enough to be split in another way by two threads.
      const own = `${'def merge(a, b):\n    return a + b\n'.repeat(25)}0`;
      const one = await requireCapability(batched, 'scoreLabels')({ ...request, own });
      expect((await requireCapability(two, 'scoreLabels')({ ...request, own })).probabilities).toEqual(
        one.probabilities,
      );
      await two.dispose();
    });

    test('a prompt longer than the context is refused before anything is computed', async () => {
      await expect(scoreOf('x = 1\n'.repeat(2000))).rejects.toMatchObject({ code: 'context-length' });
    });

    test('texts that mean the same have closer embeddings than texts that do not', async () => {
      const embed = requireCapability(batched, 'embed');
      const similarity = (a: Float32Array, b: Float32Array) =>
        a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
      const add = await embed('def add(a, b):\n    return a + b');
      const sum = await embed('def sum(x, y):\n    return x + y');
      const poem = await embed('The rose is red, the violet is blue, sugar is sweet and so are you.');
      expect(similarity(add, sum)).toBeGreaterThan(similarity(add, poem));
    });
  },
);
